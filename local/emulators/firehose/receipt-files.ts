import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { writeReceiptIndex } from './receipt-index.ts';
import { writeDurably } from './write-durably.ts';

/** When a file is closed: as Firehose does it, by its size and by its age. */
const closeAt = { bytes: 16 * 1024 * 1024, ms: 300_000 };
const dayMs = 86_400_000;
/** Room on the disk that is the queues': they hold what was accepted, the record only tells of it. */
const reservedBytes = 1024 * 1024;
/** An open file of fewer bytes is not worth compressing for the room that it gives back. */
const worthBytes = 128 * 1024;

export interface ReceiptFilesOptions {
  readonly folder: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Days of which files are kept. */
  readonly keepDays: number;
  /** Bytes that the disk of a folder still takes; a test puts a small disk in its place. */
  readonly free?: (folder: string) => number;
}

interface OpenFile {
  readonly path: string;
  readonly place: string;
  readonly since: number;
  bytes: number;
}

/**
 * Files of what a stream was given, as Firehose leaves them in a bucket: lines of JSON, compressed, in a folder for each day and
 * hour. What was taken is on the disk at once, in a plain file beside them, which a later run compresses if this one is killed.
 */
export class ReceiptFiles {
  readonly #options: Required<ReceiptFilesOptions>;
  #open: OpenFile | undefined;
  #count = 0;

  constructor(options: ReceiptFilesOptions) {
    this.#options = { free: freeBytes, ...options };
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    for (const file of globSync('day=*/hour=*/*.part', { cwd: options.folder })) rmSync(resolve(options.folder, file));
    for (const file of globSync('day=*/hour=*/*.ndjson', { cwd: options.folder })) {
      compress(resolve(options.folder, file));
    }
    this.#removeOld();
  }

  /** Appends all of them to the file of this hour, or nothing. @throws when the disk takes no more than the queues need */
  append(records: readonly Buffer[]): void {
    const now = this.#options.now();
    const place = placeOf(now);
    const open = this.#open;
    if (open !== undefined && (open.place !== place || open.bytes >= closeAt.bytes || now - open.since >= closeAt.ms)) {
      this.settle();
    }
    const bytes = Buffer.concat(records);
    this.#makeRoom(bytes.length);
    this.#open ??= this.#begin(place, now);
    const file = this.#open;
    try {
      appendFileSync(file.path, bytes, { mode: 0o600 });
    } catch (error) {
      // Half a line would spoil the line behind it.
      if (existsSync(file.path)) truncateSync(file.path, file.bytes);
      throw error;
    }
    file.bytes += bytes.length;
  }

  /** Compresses what is plain once room is scarce, which gives most of it back. @throws when there is none for so many bytes */
  #makeRoom(bytes: number): void {
    const { folder, free } = this.#options;
    const hasRoom = (): boolean => free(folder) >= reservedBytes + bytes;
    if (hasRoom()) return;
    if ((this.#open?.bytes ?? 0) >= worthBytes) this.settle();
    if (!hasRoom()) throw new Error('The room that is left on the disk is for the queues');
  }

  /** Closes the file that is being filled, so that nobody writes into any file any more until more is appended. */
  settle(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) compress(open.path);
    this.#removeOld();
  }

  #begin(place: string, now: number): OpenFile {
    const folder = resolve(this.#options.folder, place);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = `${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}-${++this.#count}.ndjson`;
    return { path: resolve(folder, name), place, since: now, bytes: 0 };
  }

  #removeOld(): void {
    const { folder, now, keepDays } = this.#options;
    const oldest = dayOf(now() - keepDays * dayMs);
    for (const day of globSync('day=*', { cwd: folder })) {
      if (day.slice('day='.length) < oldest) rmSync(resolve(folder, day), { recursive: true, force: true });
    }
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const placeOf = (ms: number): string => `day=${dayOf(ms)}/hour=${new Date(ms).toISOString().slice(11, 13)}`;

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Puts a compressed file in the place of a plain one: whole or not at all. */
function compress(path: string): void {
  const final = `${path}.gz`;
  if (!existsSync(path)) return;
  if (!existsSync(final)) {
    const text = readFileSync(path);
    // A last line without its line break was torn by a kill; nobody was told that it is kept.
    const whole = text.subarray(0, text.lastIndexOf(10) + 1);
    // Quickly rather than well: everybody waits meanwhile.
    writeDurably(final, gzipSync(whole, { level: constants.Z_BEST_SPEED }));
    writeReceiptIndex(final, whole);
  }
  rmSync(path);
}
