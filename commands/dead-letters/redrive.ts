import { type Command, type CommandContext, countEvents, type Kept, keptLines } from './command.ts';
import { countLetters, countLines, plural, totalOf } from './counts.ts';
import type { OpenedMessage } from './open-message.ts';
import { replacementOf } from './replacement.ts';
import { type Outgoing, toBatches } from './send-batch.ts';
import { warningsOf } from './warnings.ts';

interface Ready extends Outgoing {
  readonly opened: OpenedMessage;
}

/** Puts letters back on the events queue. Each is deleted only after SQS confirmed the message that replaces it. */
export const redrive: Command = async (context) => {
  const { options, selected, lookedAt, now, say } = context;
  const counts = countLetters(selected.flatMap((message) => message.letters));
  for (const line of countLines(counts, lookedAt)) say(line);

  const { ready, kept } = prepare(selected.map(({ opened }) => opened));
  const going = countEvents(ready.map(({ opened }) => opened));
  const companions = countEvents(selected.map(({ opened }) => opened)) - counts.total;
  if (companions > 0) say(`${plural(companions, 'more event')} in the same messages: these go or stay together.`);
  const warnings = warningsOf(
    ready.flatMap(({ opened }) => opened.letters),
    now,
  );
  for (const { message } of warnings) say(`Warning: ${message}`);

  if (options.dryRun) {
    say(`Dry run: ${plural(going, 'event')} would go back on the events queue.`);
    for (const line of keptLines(kept)) say(line);
    return { json: { counts, warnings, dryRun: true, redriven: 0, wouldRedrive: going, kept }, failed: false };
  }
  if (warnings.length > 0 && !options.yes) {
    say('Nothing was redriven. Go on with --yes, or leave these out by a filter such as --newer-than 48h.');
    return { json: { counts, warnings, dryRun: false, redriven: 0, kept }, failed: true };
  }
  const done = await sendAll(ready, context);
  const stayed = [...kept, ...done.kept];
  say(`${plural(done.redriven, 'event')} went back on the events queue.`);
  for (const line of keptLines(stayed)) say(line);
  return {
    json: { counts, warnings, dryRun: false, redriven: done.redriven, kept: stayed },
    failed: stayed.length > 0,
  };
};

function prepare(messages: readonly OpenedMessage[]): { ready: Ready[]; kept: Kept[] } {
  const ready: Ready[] = [];
  const kept: Kept[] = [];
  for (const opened of messages) {
    const replacement = replacementOf(opened);
    if ('refusal' in replacement) kept.push(keptOf(opened, replacement.refusal));
    else ready.push({ opened, ...replacement });
  }
  return { ready, kept };
}

const keptOf = ({ id, letters }: OpenedMessage, why: string): Kept => ({ id, events: totalOf(letters), why });

async function sendAll(
  ready: readonly Ready[],
  { send, held, stopped }: CommandContext,
): Promise<{ redriven: number; kept: Kept[] }> {
  const kept: Kept[] = [];
  let redriven = 0;
  let failure: string | undefined;
  for (const batch of toBatches(ready)) {
    if (stopped.aborted) failure ??= 'Interrupted before it was sent.';
    const confirmed = failure === undefined ? await attempt(batch) : [];
    const removed = await held.remove(confirmed.map(({ opened }) => opened.id));
    for (const item of batch) {
      if (!confirmed.includes(item))
        kept.push(keptOf(item.opened, failure ?? 'SQS did not take it. Redrive it again.'));
      else if (!removed.has(item.opened.id)) kept.push(keptOf(item.opened, 'Sent, but SQS did not delete the letter.'));
    }
    redriven += countEvents(confirmed.map(({ opened }) => opened));
  }
  return { redriven, kept };

  async function attempt(batch: readonly Ready[]): Promise<readonly Ready[]> {
    try {
      return await send(batch);
    } catch (error) {
      failure = `The events queue failed: ${(error as Error).message}`;
      return [];
    }
  }
}
