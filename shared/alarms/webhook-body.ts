import type { AlarmNote } from './alarm-note.ts';

/** Slack takes 3,000 characters in a section. */
const longest = 2_900;

/** Body of the request to a webhook, in the form that its host takes: Slack, Teams, or JSON with every fact for any other. */
export function webhookBody(note: AlarmNote, { hostname }: URL): object {
  if (hostname === 'hooks.slack.com' || hostname.endsWith('.slack.com')) return slackMessage(note);
  if (/(^|\.)(webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/.test(hostname)) return teamsCard(note);
  return { text: textOf(note), ...note };
}

const textOf = ({ title, says, facts, command, links }: AlarmNote): string =>
  [
    title,
    says,
    ...facts.map(([name, value]) => `${name}: ${value}`),
    command,
    ...links.map(({ title: of, url }) => `${of}: ${url}`),
  ].join('\n');

/** @see https://docs.slack.dev/messaging/formatting-message-text */
function slackMessage({ title, says, facts, command, links }: AlarmNote): object {
  const facing = [
    `*${slackText(title)}*`,
    slackText(says),
    ...facts.map(([name, value]) => `*${name}* ${slackText(value)}`),
  ].join('\n');
  const todo = [`\`${slackText(command)}\``, ...links.map(({ title: of, url }) => `<${url}|${of}>`)].join('\n');
  // What to do is read however many facts there are.
  const text = `${shortened(facing, longest - todo.length - 1)}\n${todo}`;
  return { text: title, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}

/** Cut where an escaped sign would be cut through at the latest. */
const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/&\w*$/, '')}…`;

const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
function teamsCard({ title, says, facts, command, links, isOver }: AlarmNote): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      {
        type: 'TextBlock',
        text: title,
        weight: 'bolder',
        size: 'medium',
        wrap: true,
        color: isOver ? 'good' : 'attention',
      },
      { type: 'TextBlock', text: says, wrap: true },
      { type: 'FactSet', facts: facts.map(([name, value]) => ({ title: name, value })) },
      { type: 'TextBlock', text: command, fontType: 'monospace', wrap: true },
    ],
    actions: links.map(({ title: of, url }) => ({ type: 'Action.OpenUrl', title: of, url })),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
