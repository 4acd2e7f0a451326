import { defineCommand } from '../kit/define-command.ts';
import { plural } from '../kit/plural.ts';
import { countLetters, countLines, limitLines } from './counts.ts';
import type { Counts } from './seen.ts';
import { filterOf, filterOptions } from './filter-options.ts';
import { countEvents, eventsOf, type Kept, keptLines } from './kept.ts';
import { type Look, changeOptions, lettersThatWent, lookOptions, type Selected, withLook } from './look.ts';

/** Counts of what a purge did, or would do. */
export interface Purged {
  /** Of the letters that were asked for. */
  readonly counts: Counts;
  readonly dryRun: boolean;
  /** It was not confirmed: nothing was done. */
  readonly refused: boolean;
  /** Events that are gone. */
  readonly purged: number;
  /** Events that would go. */
  readonly wouldPurge: number;
  readonly kept: readonly Kept[];
}

/** Between two looks at Ctrl-C. */
const messagesPerStep = 200;

/** Deletes letters for good. */
export async function purgeLetters(
  { selected, held, stopped }: Pick<Look, 'selected' | 'held' | 'stopped'>,
  { dryRun, yes }: { readonly dryRun: boolean; readonly yes: boolean },
): Promise<Purged> {
  const counts = countLetters(selected.flatMap((message) => message.letters));
  const whole = selected.filter(isWhole);
  const kept = selected.filter((message) => !isWhole(message)).map((message) => keptOf(message, shared));
  const refused = !dryRun && !yes && counts.total > 0;
  const planned = { counts, dryRun, refused, purged: 0, wouldPurge: countEvents(whole), kept };
  if (dryRun || refused) return planned;
  const removed = new Set<string>();
  for (let start = 0; start < whole.length && !stopped.aborted; start += messagesPerStep) {
    const step = whole.slice(start, start + messagesPerStep);
    for (const id of await held.remove(step.map(({ opened }) => opened.id))) removed.add(id);
  }
  const stayed = whole.filter(({ opened }) => !removed.has(opened.id));
  const why = stopped.aborted ? 'Interrupted.' : 'SQS did not delete it.';
  return {
    ...planned,
    purged: planned.wouldPurge - countEvents(stayed),
    kept: [...kept, ...stayed.map((message) => keptOf(message, why))],
  };
}

export const purge = defineCommand({
  name: 'dead-letters purge',
  summary: 'deletes letters for good, and only with --yes',
  page: 'docs/dead-letters.md',
  examples: ['npm run dead-letters -- purge --code event_too_old --dry-run'],
  options: {
    ...filterOptions,
    ...changeOptions,
    ...lookOptions,
  },
  endsByItself: true,
  async run({ dryRun, yes, ...options }, effects) {
    const filter = filterOf(options);
    return withLook(options, filter, 'events', effects, async (look) => {
      const { counts: _, ...looked } = look.seen;
      const purged = await purgeLetters(look, { dryRun, yes });
      if (purged.purged > 0) await look.operated('purge', lettersThatWent(look.selected, purged.kept));
      for (const line of countLines(purged.counts, look.seen, filter)) effects.say(line);
      for (const line of purgeLines(purged)) effects.say(line);
      return { result: { ...purged, ...looked }, failed: !dryRun && (purged.refused || purged.kept.length > 0) };
    });
  },
  print(result, { err }) {
    for (const line of limitLines(result)) err(line);
  },
});

function purgeLines({ dryRun, refused, purged, wouldPurge, kept }: Purged): string[] {
  if (dryRun) return [`Dry run: ${plural(wouldPurge, 'event')} would be gone.`, ...keptLines(kept)];
  return [refused ? 'Nothing was purged. Go on with --yes.' : `${plural(purged, 'event')} purged.`, ...keptLines(kept)];
}

const shared = 'Their messages hold other events too, which were not asked for.';

const isWhole = ({ opened, letters }: Selected): boolean => letters.length === opened.letters.length;

const keptOf = ({ opened, letters }: Selected, why: string): Kept => ({
  id: opened.id,
  events: eventsOf(letters),
  why,
});
