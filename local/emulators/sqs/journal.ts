import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { lockFile } from './file-lock.ts';
import { LineFile, readLines, replaceLines } from './journal-file.ts';
import { type JournalRecord, type JournalState, recordsOf, replay } from './journal-record.ts';
import { StateFileError } from './state-file-error.ts';

/** Where a queue's changes are kept. */
export interface Journal {
  append(record: JournalRecord): void;
  /** Settles when all that was appended so far is with the operating system, so that it outlives this process. */
  flushed(): Promise<void>;
  close(): void;
}

/** Keeps nothing. */
export const memoryOnly: Journal = { append: () => {}, flushed: () => Promise.resolve(), close: () => {} };

const compactAtLeastEvery = 20_000;

/**
 * Opens a file of JSON lines, or starts it, and replays it.
 *
 * @param live the fewest records that add up to the present state, asked for when the file has grown mostly dead
 * @throws StateFileError when another process uses the file, or a line in it is damaged (a torn last line is a crash, not damage)
 */
export function openJournal(
  file: string,
  live: () => Iterable<JournalRecord>,
): { journal: Journal; state: JournalState } {
  mkdirSync(dirname(file), { recursive: true });
  const unlock = lockFile(file);
  try {
    const { state, count, end } = load(file);
    return { journal: new FileJournal(file, count, end, live, unlock), state };
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
    replay(state, parseRecord(line.text, `${file}, line ${count}`));
  }
  const liveCount = [...state.values()].reduce((sum, { messages }) => sum + 1 + messages.size, 0);
  if (count <= 2 * liveCount + 1000) return { state, count, end };
  return { state, ...replaceLines(file, linesOf(recordsOf(state))) };
}

function parseRecord(text: string, place: string): JournalRecord {
  try {
    return JSON.parse(text) as JournalRecord;
  } catch (cause) {
    throw new StateFileError(`${place} is damaged. Repair or remove the line, or move the file away to start afresh.`, {
      cause,
    });
  }
}

function* linesOf(records: Iterable<JournalRecord>): Generator<string> {
  for (const record of records) yield JSON.stringify(record);
}

class FileJournal implements Journal {
  readonly #file: string;
  readonly #live: () => Iterable<JournalRecord>;
  readonly #unlock: () => void;
  #lines: LineFile;
  #count: number;
  #compactAt: number;
  #pending: string[] = [];
  #flush: PromiseWithResolvers<void> | undefined;

  constructor(file: string, count: number, end: number, live: () => Iterable<JournalRecord>, unlock: () => void) {
    this.#file = file;
    this.#live = live;
    this.#unlock = unlock;
    this.#lines = new LineFile(file, end);
    this.#count = count;
    this.#compactAt = Math.max(compactAtLeastEvery, 4 * count);
  }

  append(record: JournalRecord): void {
    this.#pending.push(JSON.stringify(record));
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
      if (this.#count + this.#pending.length >= this.#compactAt) this.#compact();
      else this.#lines.append(this.#pending);
      this.#count += this.#pending.length;
      this.#pending = [];
      flush?.resolve();
    } catch (error) {
      // Kept for the next attempt: later records may stand on these.
      flush?.reject(error);
    }
  }

  /** What is pending has happened already, so it is part of the live state. */
  #compact(): void {
    const { count, end } = replaceLines(this.#file, linesOf(this.#live()));
    this.#lines.close();
    this.#lines = new LineFile(this.#file, end);
    this.#count = count - this.#pending.length;
    this.#compactAt = Math.max(compactAtLeastEvery, 4 * count);
  }
}
