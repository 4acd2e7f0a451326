import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

/** When a file is closed: as Firehose does it, by its size and by its age. */
const closeAt = { bytes: 16 * 1024 * 1024, ms: 300_000 };
const dayMs = 86_400_000;

export interface ReceiptFilesOptions {
  readonly folder: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Days of which files are kept. */
  readonly keepDays: number;
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
  readonly #options: ReceiptFilesOptions;
  #open: OpenFile | undefined;
  #count = 0;

  constructor(options: ReceiptFilesOptions) {
    this.#options = options;
    for (const file of globSync('day=*/hour=*/*.part', { cwd: options.folder })) rmSync(resolve(options.folder, file));
    for (const file of globSync('day=*/hour=*/*.ndjson', { cwd: options.folder })) {
      compress(resolve(options.folder, file));
    }
    this.#removeOld();
  }

  /** Appends to the file of this hour. @throws the system's error when the disk takes no more */
  append(records: readonly Buffer[]): void {
    const now = this.#options.now();
    const place = placeOf(now);
    const open = this.#open;
    if (open !== undefined && (open.place !== place || open.bytes >= closeAt.bytes || now - open.since >= closeAt.ms)) {
      this.settle();
    }
    this.#open ??= this.#begin(place, now);
    const bytes = Buffer.concat(records);
    appendFileSync(this.#open.path, bytes, { mode: 0o600 });
    this.#open.bytes += bytes.length;
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
  }
  rmSync(path);
}

/** Writes a file under its name only once all of it is on the disk. */
export function writeDurably(path: string, contents: Uint8Array): void {
  const draft = `${path}.part`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(descriptor, contents);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
