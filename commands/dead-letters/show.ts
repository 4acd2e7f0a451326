import { segmentLimits } from '../../shared/segment/limits.ts';
import { pruned } from '../../shared/segment/merge-bags.ts';
import type { Command } from './command.ts';
import { shownName } from './counts.ts';
import { letterFacts, routeText } from './describe-letter.ts';
import { durationText } from './duration.ts';
import type { Letter } from './letter.ts';
import { metaSays } from './meta-says.ts';
import { maskEvent } from './mask-event.ts';
import { safeJson, safeText } from './safe-text.ts';

/** Everything about the letters with one id, and what to do. */
export const show: Command = async ({ options, selected, now, say }) => {
  const letters = selected.flatMap((message) => message.letters);
  const shown = letters.map((letter) => {
    const event = pruned(letter.event, segmentLimits.eventDepth);
    return { letter, event: options.reveal ? event : maskEvent(event) };
  });
  if (letters.length === 0) say('There is no such dead letter. It may be held by another command for a few minutes.');
  for (const { letter, event } of shown) {
    for (const [name, value] of factsOf(letter, now)) say(`${name.padEnd(12)} ${safeText(value, 1_000)}`);
    say(safeJson(event, 2));
    say('');
  }
  if (letters.length > 0 && !options.reveal) say('What may be personal is masked; --reveal shows it.');
  return {
    json: { letters: shown.map(({ letter, event }) => ({ ...letterFacts(letter, now), event })) },
    failed: letters.length === 0,
  };
};

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
