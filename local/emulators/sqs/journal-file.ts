import {
  closeSync,
  fchmodSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  writevSync,
} from 'node:fs';
import { dirname } from 'node:path';

const chunkBytes = 1024 * 1024;
/** It holds people's data in the plain: for its owner only. */
const mode = 0o600;

/** Whole lines of a file and the offset each ends at. A last line without its line break was torn by a crash: left out. */
export function* readLines(file: string): Generator<{ line: Buffer; end: number }> {
  const descriptor = openSync(file, 'a+', mode);
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
        yield { line: rest.subarray(0, at), end };
        rest = rest.subarray(at + 1);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Where lines are kept; a test puts a small disk in its place. */
export interface LineStore {
  /** Bytes that the file has. */
  readonly bytes: number;
  /** All of the lines or none: what a failed write left behind is cut off again. */
  append(lines: readonly Buffer[]): void;
  /** Puts these lines in place of all there are, or leaves all as it was: also when it is killed half-way. */
  replace(lines: Iterable<Buffer>): void;
  /** Bytes that the file's disk still takes. */
  free(): number;
  close(): void;
}

/** A file that grows by whole lines only. @param end offset where its last whole line ends */
export function lineFile(file: string, end: number): LineStore {
  const draft = `${file}.tmp`;
  // Left by a process that was killed while it wrote it.
  rmSync(draft, { force: true });
  let descriptor = openSync(file, 'r+', mode);
  fchmodSync(descriptor, mode);
  ftruncateSync(descriptor, end);
  let bytes = end;

  return {
    get bytes() {
      return bytes;
    },
    append(lines) {
      try {
        bytes += writeAll(descriptor, lines, bytes);
      } catch (error) {
        ftruncateSync(descriptor, bytes);
        throw error;
      }
    },
    replace(lines) {
      const opened = openSync(draft, 'w', mode);
      try {
        let written = 0;
        for (const line of lines) written += writeAll(opened, [line], written);
        renameSync(draft, file);
        closeSync(descriptor);
        [descriptor, bytes] = [opened, written];
      } catch (error) {
        closeSync(opened);
        // On a full disk it would keep the room that everything else needs.
        rmSync(draft, { force: true });
        throw error;
      }
    },
    free() {
      const { bavail, bsize } = statfsSync(dirname(file));
      return bavail * bsize;
    },
    close: () => closeSync(descriptor),
  };
}

/** @returns the bytes of all lines */
function writeAll(descriptor: number, lines: readonly Buffer[], position: number): number {
  let owed = [...lines];
  let written = 0;
  while (owed.length > 0) {
    let rest = writevSync(descriptor, owed.slice(0, mostAtOnce), position + written);
    written += rest;
    while (owed[0] !== undefined && rest >= owed[0].length) rest -= owed.shift()?.length ?? 0;
    if (owed[0] !== undefined && rest > 0) owed = [owed[0].subarray(rest), ...owed.slice(1)];
  }
  return written;
}

/** The system takes no longer list. @see https://man7.org/linux/man-pages/man2/writev.2.html */
const mostAtOnce = 1_024;
