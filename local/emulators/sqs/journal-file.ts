import { closeSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';

const chunkBytes = 1024 * 1024;

/** Whole lines of a file and the offset each ends at. A last line without its line break was torn by a crash: left out. */
export function* readLines(file: string): Generator<{ text: string; end: number }> {
  const descriptor = openSync(file, 'a+');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let rest: Buffer = Buffer.alloc(0);
    let end = 0;
    for (;;) {
      const bytes = readSync(descriptor, chunk, 0, chunkBytes, end + rest.length);
      if (bytes === 0) return;
      rest = Buffer.concat([rest, chunk.subarray(0, bytes)]);
      for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
        end += at + 1;
        yield { text: rest.toString('utf8', 0, at), end };
        rest = rest.subarray(at + 1);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

/** A file that grows by whole lines only: what a failed write left behind is cut off again. */
export class LineFile {
  readonly #descriptor: number;
  #end: number;

  constructor(file: string, end: number) {
    this.#descriptor = openSync(file, 'r+');
    this.#end = end;
    ftruncateSync(this.#descriptor, end);
  }

  append(lines: readonly string[]): void {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    let written = 0;
    try {
      while (written < bytes.length) {
        written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.#end + written);
      }
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#end);
      throw error;
    }
    this.#end += bytes.length;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Replaces a file by these lines, all or nothing: a crash half-way leaves the old one as it was. */
export function replaceLines(file: string, lines: Iterable<string>): { count: number; end: number } {
  const draft = `${file}.tmp`;
  const descriptor = openSync(draft, 'w');
  let count = 0;
  let end = 0;
  try {
    for (const line of lines) {
      const bytes = Buffer.from(`${line}\n`);
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      count += 1;
      end += bytes.length;
    }
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  return { count, end };
}
