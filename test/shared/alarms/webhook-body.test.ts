import { describe, expect, it } from 'vitest';
import type { AlarmNote } from '../../../shared/alarms/alarm-note.ts';
import { webhookBody } from '../../../shared/alarms/webhook-body.ts';

const note: AlarmNote = {
  title: 'ALARM: production-DestinationHeld',
  says: 'A destination waits for a person & its <token>.',
  facts: [
    ['Environment', 'production'],
    ['Held', 'main, b2b'],
  ],
  command: 'npm run token:set -- --env production --destination main',
  links: [{ title: 'What to do', url: 'https://example.com/operations.md' }],
  isOver: false,
};
const to = (url: string, more: Partial<AlarmNote> = {}): unknown => webhookBody({ ...note, ...more }, new URL(url));
const slack = 'https://hooks.slack.com/services/T/B/x';

const sectionOf = (body: unknown): string =>
  (body as { blocks: { text: { text: string } }[] }).blocks[0]?.text.text ?? '';

describe('webhookBody', () => {
  it('writes as Slack reads, with what would be markup escaped', () => {
    expect(to(slack)).toEqual({
      text: note.title,
      blocks: [
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: [
              '*ALARM: production-DestinationHeld*',
              'A destination waits for a person &amp; its &lt;token&gt;.',
              '*Environment* production',
              '*Held* main, b2b',
              '`npm run token:set -- --env production --destination main`',
              '<https://example.com/operations.md|What to do>',
            ].join('\n'),
          },
        },
      ],
    });
  });

  it.each([10, 100, 2_500, 2_600, 2_601, 2_602, 2_603, 2_604, 9_000])(
    'keeps the command and the links in Slack beside %i letters of facts, within its limit',
    (length) => {
      const text = sectionOf(to(slack, { facts: [['Held', `${'a'.repeat(length)}${'&'.repeat(100)}`]] }));

      expect(text.length).toBeLessThanOrEqual(3_000);
      expect(text.endsWith(`\n\`${note.command}\`\n<https://example.com/operations.md|What to do>`)).toBe(true);
      expect(text.replaceAll('&amp;', '').replaceAll('&lt;', '').replaceAll('&gt;', '')).not.toContain('&');
      expect(text.includes('…')).toBe(length > 2_000);
    },
  );

  it.each([
    'https://acme.webhook.office.com/x',
    'https://prod-1.westeurope.logic.azure.com/workflows/x',
    'https://a.environment.api.powerplatform.com/x',
  ])('writes a card for Teams at %s', (url) => {
    const card = (isOver: boolean) =>
      to(url, { isOver }) as { type: string; attachments: { contentType: string; content: { body: object[] } }[] };
    const [attachment] = card(false).attachments;

    expect(attachment).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        type: 'AdaptiveCard',
        body: [
          { text: note.title, color: 'attention' },
          { text: note.says },
          {
            type: 'FactSet',
            facts: [
              { title: 'Environment', value: 'production' },
              { title: 'Held', value: 'main, b2b' },
            ],
          },
          { text: note.command, fontType: 'monospace' },
        ],
        actions: [{ type: 'Action.OpenUrl', title: 'What to do', url: 'https://example.com/operations.md' }],
      },
    });
    expect(card(true).attachments[0]?.content.body[0]).toMatchObject({ color: 'good' });
  });

  it.each(['https://alerts.example.com/x', 'https://slack.com.example.com/x', 'https://notlogic.azure.com.example/x'])(
    'gives every fact as JSON and as text to %s',
    (url) => {
      expect(to(url)).toEqual({
        text: [
          note.title,
          note.says,
          'Environment: production',
          'Held: main, b2b',
          note.command,
          'What to do: https://example.com/operations.md',
        ].join('\n'),
        ...note,
      });
    },
  );
});
