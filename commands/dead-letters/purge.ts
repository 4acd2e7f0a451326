import { type Command, countEvents, type Kept, keptLines, type Selected } from './command.ts';
import { countLetters, countLines, plural, totalOf } from './counts.ts';

const entriesPerStep = 10;

/** Deletes letters for good. */
export const purge: Command = async ({ options, selected, lookedAt, held, stopped, say }) => {
  const counts = countLetters(selected.flatMap((message) => message.letters));
  for (const line of countLines(counts, lookedAt)) say(line);
  const whole = selected.filter(isWhole);
  const kept = selected.filter((message) => !isWhole(message)).map((message) => keptOf(message, shared));
  const going = countEvents(whole);

  if (options.dryRun || (!options.yes && counts.total > 0)) {
    say(options.dryRun ? `Dry run: ${plural(going, 'event')} would be gone.` : 'Nothing was purged. Go on with --yes.');
    for (const line of keptLines(kept)) say(line);
    return { json: { counts, dryRun: options.dryRun, purged: 0, kept }, failed: !options.dryRun };
  }
  let purged = 0;
  for (let start = 0; start < whole.length; start += entriesPerStep) {
    const step = whole.slice(start, start + entriesPerStep);
    const removed = stopped.aborted ? new Set() : await held.remove(step.map(({ opened }) => opened.id));
    for (const message of step) {
      if (removed.has(message.opened.id)) purged += totalOf(message.letters);
      else kept.push(keptOf(message, stopped.aborted ? 'Interrupted.' : 'SQS did not delete it.'));
    }
  }
  say(`${plural(purged, 'event')} purged.`);
  for (const line of keptLines(kept)) say(line);
  return { json: { counts, dryRun: false, purged, kept }, failed: kept.length > 0 };
};

const shared = 'Their messages hold other events too, which were not asked for.';

const isWhole = ({ opened, letters }: Selected): boolean => letters.length === opened.letters.length;

const keptOf = ({ opened, letters }: Selected, why: string): Kept => ({ id: opened.id, events: totalOf(letters), why });
