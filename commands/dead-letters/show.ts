import { segmentLimits } from '../../shared/segment/limits.ts';
import { pruned } from '../../shared/segment/merge-bags.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag } from '../kit/option.ts';
import { safeJson, safeText } from '../kit/safe-text.ts';
import { limitLines, shownName } from './counts.ts';
import { letterFacts, routeText } from './describe-letter.ts';
import { durationText } from './duration.ts';
import type { Letter } from './letter.ts';
import { lookOptions, withLook } from './look.ts';
import { maskEvent } from './mask-event.ts';
import { metaSays } from './meta-says.ts';

export const show = defineCommand({
  name: 'dead-letters show',
  summary: 'everything about the letters with one id, and what to do',
  page: 'docs/dead-letters.md',
  examples: ['npm run dead-letters -- show order-300'],
  operands: [{ name: 'id', help: "the event's own id, or that of the message at SQS", required: true }],
  options: {
    reveal: flag('personal data as it is; without it, texts and numbers that may be personal are masked'),
    ...lookOptions,
  },
  endsByItself: true,
  async run({ reveal, ...options }, effects, { positionals: [id = ''] }) {
    return withLook(options, { id: [id] }, 'events', effects, async ({ selected, seen, now }) => {
      const letters = selected
        .flatMap((message) => message.letters)
        .map((letter) => {
          const event = pruned(letter.event, segmentLimits.eventDepth);
          return { letter, event: reveal ? event : maskEvent(event) };
        });
      for (const { letter, event } of letters) {
        for (const [name, value] of factsOf(letter, now)) effects.say(`${name.padEnd(12)} ${safeText(value, 1_000)}`);
        effects.say(safeJson(event, 2));
        effects.say('');
      }
      const { counts: _, ...looked } = seen;
      const shown = letters.map(({ letter, event }) => ({ ...letterFacts(letter, now), event }));
      return { result: { letters: shown, revealed: reveal, ...looked }, failed: shown.length === 0 };
    });
  },
  print({ letters, revealed, ...looked }, { out, err }) {
    if (letters.length === 0) out('There is no such dead letter. It may be held by another command for a few minutes.');
    else if (!revealed) out('What may be personal is masked; --reveal shows it.');
    for (const line of limitLines(looked)) err(line);
  },
});

function factsOf(letter: Letter, now: Date): [string, string][] {
  const time = (at: Date): string => `${at.toISOString()} (${durationText(now.getTime() - at.getTime())} ago)`;
  const facts: [string, string | undefined][] = [
    ['id', letter.id],
    ['code', letter.code],
    ['reason', letter.reason],
    ['what to do', letter.fix],
    ['stage', letter.stage],
    ['route', routeText(letter)],
    ['event', shownName(letter.eventName)],
    ['message id', letter.messageId],
    ['attempts', String(letter.attempts)],
    ['first failed', time(letter.firstFailedAt)],
    ['last failed', time(letter.lastFailedAt)],
    ['Graph API', letter.graph && graphText(letter.graph)],
    ['Meta says', metaSays(letter.graph)],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

const graphText = ({ userTitle: _, userMessage: __, ...graph }: NonNullable<Letter['graph']>): string =>
  Object.entries(graph)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
