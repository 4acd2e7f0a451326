import { stageOf } from './event-line.ts';
import type { MessageText } from './message-texts.ts';
import type { DestinationOutcome, EventLine, LetterFacts } from './wire.ts';

/** One event as it is followed. */
export interface Entry {
  readonly seq: number;
  /** The message id, or one that is made up where there is none. */
  readonly id: string;
  readonly messageId: string;
  readonly source: string;
  readonly type: string;
  readonly name: string;
  readonly receivedAt: number;
  /** Each owes an outcome. Until the event is handed over, a change of the configuration changes them. */
  destinations: readonly string[];
  /** One for each destination and mapping. */
  readonly outcomes: DestinationOutcome[];
  letters: readonly LetterFacts[];
  /** Texts about what the endpoint read otherwise than it was sent. */
  warnings: readonly string[];
  readonly rejected: boolean;
  queuedAt: number | undefined;
  takenAt: number | undefined;
  settledAt: number | undefined;
  retries: number;
  /** Of the message that brought the event; undefined when it is too long ago. */
  text: MessageText | undefined;
  /** Where the event stands in its message; undefined for a dead letter, which holds one. */
  readonly position: number | undefined;
  /** No longer found by its message id. */
  isForgotten: boolean;
}

export type EntryFacts = Partial<Entry> & Pick<Entry, 'seq' | 'source' | 'receivedAt' | 'destinations'>;

const noLetters: readonly LetterFacts[] = [];
const noWarnings: readonly string[] = [];

/** Every member is written, in one order: thousands of entries then share one shape. */
export const followedEntry = (facts: EntryFacts): Entry => ({
  seq: facts.seq,
  id: facts.id ?? (facts.messageId || `no-id-${facts.receivedAt}-${facts.seq}`),
  messageId: facts.messageId ?? '',
  source: facts.source,
  type: facts.type ?? '',
  name: facts.name ?? '',
  receivedAt: facts.receivedAt,
  destinations: facts.destinations,
  outcomes: [],
  letters: noLetters,
  warnings: noWarnings,
  rejected: facts.rejected ?? false,
  queuedAt: facts.queuedAt,
  takenAt: facts.takenAt,
  settledAt: facts.settledAt,
  retries: 0,
  text: facts.text,
  position: facts.position,
  isForgotten: false,
});

export function lineOf(entry: Entry): EventLine {
  const { seq, id, messageId, source, type, name, receivedAt, queuedAt, takenAt, settledAt, retries, outcomes } = entry;
  const notes = entry.rejected ? entry.letters.map(({ code }) => code) : entry.warnings;
  return {
    ...{ seq, id, messageId, source, type, name, receivedAt, retries, outcomes: [...outcomes] },
    stage: entry.rejected ? 'rejected' : stageOf(entry, entry.destinations),
    ...(notes.length > 0 && { notes }),
    ...(queuedAt !== undefined && { queuedAt }),
    ...(takenAt !== undefined && { takenAt }),
    ...(settledAt !== undefined && { settledAt }),
  };
}
