import { stageOf } from './event-line.ts';
import type { EventLine, Fate, LetterFacts } from './wire.ts';

/** One event as it is followed. */
export interface Entry {
  readonly seq: number;
  readonly messageId: string;
  readonly source: string;
  readonly type: string;
  readonly name: string;
  readonly receivedAt: number;
  /** Each owes an outcome. Until the event is handed over, a change of the configuration changes them. */
  destinations: readonly string[];
  /** By destination and mapping. */
  readonly fates: Map<string, Fate>;
  readonly letters: LetterFacts[];
  /** What the endpoint read otherwise than it was sent. */
  readonly warnings: string[];
  readonly rejected: boolean;
  queuedAt?: number;
  takenAt?: number;
  settledAt?: number;
  retries: number;
  /** The event as JSON; undefined when there was no room any more. */
  text: string | undefined;
}

const blank = { messageId: '', type: '', name: '', rejected: false, retries: 0, text: undefined };

export const followedEntry = (
  facts: Partial<Entry> & Pick<Entry, 'seq' | 'source' | 'receivedAt' | 'destinations'>,
): Entry => ({ ...blank, ...facts, fates: new Map(), letters: [], warnings: [] });

export function lineOf(entry: Entry): EventLine {
  const { seq, messageId, source, type, name, receivedAt, queuedAt, takenAt, settledAt, retries } = entry;
  const fates = [...entry.fates.values()];
  const notes = entry.rejected ? entry.letters.map(({ code }) => code) : entry.warnings;
  return {
    ...{ seq, messageId, source, type, name, receivedAt, retries, fates },
    stage: entry.rejected ? 'rejected' : stageOf({ fates, ...(takenAt && { takenAt }) }, entry.destinations),
    ...(notes.length > 0 && { notes: [...notes] }),
    ...(queuedAt !== undefined && { queuedAt }),
    ...(takenAt !== undefined && { takenAt }),
    ...(settledAt !== undefined && { settledAt }),
  };
}
