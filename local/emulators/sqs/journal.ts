import { lineFile, type LineStore, readLines } from './journal-file.ts';
import { decodeLine, encodeLine } from './journal-line.ts';
import { type JournalRecord, type JournalState, recordsOf, replay } from './journal-record.ts';
import { lockFile } from './file-lock.ts';
import { makeFolder } from './make-folder.ts';
import { StateFileError } from './state-file-error.ts';

/** Where a queue's changes are kept. */
export interface Journal {
  /**
   * Whether messages of so many bytes more can be kept, and all that is alive then be written anew. What is appended stays
   * until it is written: on a full disk each refused message would take the room of the deletions behind it.
   */
  takes(bytes: number): boolean;
  append(record: JournalRecord): void;
  /** Settles when all that was appended so far is with the operating system, so that it outlives this process. */
  flushed(): Promise<void>;
  /** Writes the file anew, so that nothing stands in it of messages that are gone; on a full disk it stays as it is. */
  compact(): void;
  close(): void;
}

/** Keeps nothing. */
export const memoryOnly: Journal = {
  takes: () => true,
  append: () => {},
  flushed: () => Promise.resolve(),
  compact: () => {},
  close: () => {},
};

/** Records that a journal would hold if it were written anew. */
export interface LiveState {
  /** The fewest records that add up to it. */
  records(): Iterable<JournalRecord>;
  /** About as many bytes as its messages have. */
  bytes(): number;
}

/** A file that is not larger is not worth rewriting while there is room. */
const smallBytes = 64 * 1024 * 1024;
/** Least that has to be dead before it is rewritten. */
const stepBytes = 64 * 1024;
/** Room that a rewriting needs beyond its messages. */
const spareBytes = 256 * 1024;
/** Bytes of a line by byte of its message: quotes are escaped, and there is an envelope. */
const lineShare = 1.5;

/**
 * Opens a file of JSON lines, or starts it, and replays it.
 *
 * @param open gives the store of a file whose last whole line ends there
 * @throws StateFileError when another process uses the file, or a line in it is damaged (a torn last line is a crash, not damage)
 */
export function openJournal(
  file: string,
  live: LiveState,
  open: (file: string, end: number) => LineStore = lineFile,
): { journal: Journal; state: JournalState } {
  makeFolder(file.slice(0, file.lastIndexOf('/')));
  const unlock = lockFile(file);
  try {
    const { state, end, count } = load(file);
    const lines = open(file, end);
    const liveCount = [...state.values()].reduce((sum, { messages }) => sum + 1 + messages.size, 0);
    if (count > 2 * liveCount + 1000) replaceIfRoom(lines, state);
    return { journal: new FileJournal(lines, live, unlock), state };
  } catch (error) {
    unlock();
    throw error;
  }
}

function load(file: string): { state: JournalState; count: number; end: number } {
  const state: JournalState = new Map();
  let count = 0;
  let end = 0;
  for (const line of readLines(file)) {
    count += 1;
    end = line.end;
    try {
      replay(state, decodeLine(line.line));
    } catch (cause) {
      throw new StateFileError(
        `${file}, line ${count} is damaged: ${(cause as Error).message}. Repair or remove the line, or move the file away to start afresh.`,
        { cause },
      );
    }
  }
  return { state, count, end };
}

/** A start does not fail for want of room to tidy up. */
function replaceIfRoom(lines: LineStore, state: JournalState): void {
  try {
    lines.replace(linesOf(recordsOf(state)));
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

/** Error of a disk that takes no more, as the system would name it. */
export const noRoom = (): Error =>
  Object.assign(new Error('No space left on the disk of the queues'), { code: 'ENOSPC' });

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code));

class FileJournal implements Journal {
  readonly #lines: LineStore;
  readonly #live: LiveState;
  readonly #unlock: () => void;
  #pending: Buffer[] = [];
  #flush: PromiseWithResolvers<void> | undefined;

  constructor(lines: LineStore, live: LiveState, unlock: () => void) {
    this.#lines = lines;
    this.#live = live;
    this.#unlock = unlock;
  }

  takes(bytes: number): boolean {
    const line = bytes * lineShare;
    const pending = this.#pendingBytes();
    const free = this.#lines.free();
    if (free > smallBytes + pending + line) return true;
    const anew = this.#bytesAnew();
    const dead = this.#lines.bytes - anew;
    // Writing the file anew gives back what is dead in it.
    const regained = dead >= stepBytes && free >= anew ? dead : 0;
    return free + regained - pending - 2 * line - spareBytes >= anew;
  }

  append(record: JournalRecord): void {
    this.#pending.push(encodeLine(record));
    if (this.#flush) return;
    this.#flush = Promise.withResolvers();
    // Whoever waits hears of a failure; that nobody happens to wait is no crash.
    this.#flush.promise.catch(() => {});
    // After the requests that arrived together: one write for all of them.
    setImmediate(() => this.#write());
  }

  flushed(): Promise<void> {
    return this.#flush?.promise ?? Promise.resolve();
  }

  compact(): void {
    this.#write();
    this.#compact();
  }

  close(): void {
    this.#write();
    this.#lines.close();
    this.#unlock();
  }

  #write(): void {
    const flush = this.#flush;
    this.#flush = undefined;
    if (this.#pending.length === 0) return;
    try {
      this.#save();
      this.#pending = [];
      flush?.resolve();
    } catch (error) {
      // Kept for the next attempt: later records may stand on these.
      flush?.reject(error);
    }
  }

  /**
   * Appends what is pending, or writes the file anew once most of it is dead. A rewriting needs room for all that is alive
   * beside the file: on a small disk it comes earlier, and what would take that room is refused.
   */
  #save(): void {
    const { bytes } = this.#lines;
    const free = this.#lines.free();
    const anew = this.#bytesAnew();
    const dead = bytes - anew;
    const hasRoom = free - this.#pendingBytes() >= anew;
    const isScarce = free < 2 * anew + spareBytes && dead >= anew;
    const isTime = bytes > Math.max(smallBytes, 4 * anew) || isScarce || !hasRoom;
    if (isTime && dead >= stepBytes && free >= anew && this.#compact()) return;
    if (!hasRoom) throw noRoom();
    this.#lines.append(this.#pending);
  }

  #pendingBytes(): number {
    return this.#pending.reduce((sum, { length }) => sum + length, 0);
  }

  #bytesAnew(): number {
    return this.#live.bytes() * lineShare;
  }

  /**
   * Writes the journal anew. Pending records have happened already, so they are part of the live state.
   *
   * @returns false when there is no room for it
   */
  #compact(): boolean {
    try {
      this.#lines.replace(linesOf(this.#live.records()));
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }
}

function* linesOf(records: Iterable<JournalRecord>): Generator<Buffer> {
  for (const record of records) yield encodeLine(record);
}
