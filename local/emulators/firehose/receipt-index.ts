import { closeSync, fstatSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { jsonOrNothing } from '../../../shared/lib/json/json-or-nothing.ts';
import { isObject } from '../../../shared/segment/event.ts';

/** Filter of a file's receipts: no to nearly every text that leads to none of them, and never to one that does. */
export interface ReceiptIndex {
  mayHold(text: string): boolean;
}

/** Of texts that are not there, one in 400 passes. */
const bitsPerText = 16;
const probes = 4;

/** Length of the file in 8 bytes, the last 8 bytes of it, and a checksum of the bits. */
const headBytes = 20;
/** CRC-32 and length of what was compressed. @see https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1 */
const gzipTrailerBytes = 8;

const indexFileOf = (file: string): string => `${file}.index`;

/**
 * Writes the index of a compressed file of receipts beside it: a Bloom filter of the ids, event ids and digests of persons in its
 * lines, so that looking for one of them need not decompress every file. It counts only for the very contents that it was
 * made of. Where it cannot be written, there is none.
 *
 * @param text what was compressed
 */
export function writeReceiptIndex(file: string, text: Buffer): void {
  const hashes = [...receiptKeys(text)].map(hashesOf);
  const bits = Buffer.alloc(Math.max(1, Math.ceil((hashes.length * bitsPerText) / 8)));
  for (const each of hashes) {
    for (let probe = 0; probe < probes; probe++) {
      const place = placeOf(each, probe, bits);
      bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7));
    }
  }
  try {
    writeFileSync(indexFileOf(file), Buffer.concat([headOf(file, bits), bits]), { mode: 0o600 });
  } catch {
    removeReceiptIndex(file);
  }
}

/** The index of a compressed file; undefined where there is none, or one of other contents. */
export function readReceiptIndex(file: string): ReceiptIndex | undefined {
  try {
    const index = readFileSync(indexFileOf(file));
    const bits = index.subarray(headBytes);
    if (bits.length === 0 || !index.subarray(0, headBytes).equals(headOf(file, bits))) return undefined;
    const mayHold = (text: string): boolean => {
      const hashes = hashesOf(text);
      for (let probe = 0; probe < probes; probe++) {
        const place = placeOf(hashes, probe, bits);
        if (((bits[place >>> 3] ?? 0) & (1 << (place & 7))) === 0) return false;
      }
      return true;
    };
    return { mayHold };
  } catch {
    // The file itself is looked through, and says what is wrong with it.
    return undefined;
  }
}

export const removeReceiptIndex = (file: string): void => rmSync(indexFileOf(file), { force: true });

/** Texts that receipts are found by, a text as often as it is there. */
function* receiptKeys(text: Buffer): Generator<string> {
  for (const line of linesWithoutEvents(text)) {
    const receipt = jsonOrNothing(line);
    if (!isObject(receipt)) continue;
    const { id, i, p } = receipt;
    for (const each of Array.isArray(p) ? [id, i, ...p] : [id, i]) if (typeof each === 'string') yield each;
  }
}

const lineBreak = 10;
const quote = 34;
const backslash = 92;
/** Stands for a member only: within a text, the quotes would be escaped. */
const eventMember = Buffer.from(',"ev":"');

/** Lines without the text of their event, which is most of them and leads to nothing. */
function* linesWithoutEvents(text: Buffer): Generator<string> {
  let event = text.indexOf(eventMember);
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf(lineBreak, start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (event >= 0 && event < start) event = text.indexOf(eventMember, start);
    if (event < 0 || event >= end) yield text.toString('utf8', start, end);
    else {
      let at = event + eventMember.length;
      while (at < end && text[at] !== quote) at += text[at] === backslash ? 2 : 1;
      yield text.toString('utf8', start, event) + text.toString('utf8', at + 1, end);
    }
    start = end + 1;
  }
}

function headOf(file: string, bits: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    head.writeDoubleLE(size);
    readSync(descriptor, head, 8, gzipTrailerBytes, Math.max(0, size - gzipTrailerBytes));
  } finally {
    closeSync(descriptor);
  }
  head.writeUInt32LE(crc32(bits), 8 + gzipTrailerBytes);
  return head;
}

/** Two hashes of a text, of which its places are made. */
function hashesOf(text: string): readonly [start: number, step: number] {
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x85ebca6b);
    two ^= two >>> 13;
  }
  return [mixed(one), mixed(two) | 1];
}

const placeOf = ([start, step]: readonly [number, number], probe: number, { length }: Buffer): number =>
  ((start + Math.imul(step, probe)) >>> 0) % (length * 8);

/** Spreads over all bits what lies close together, as MurmurHash3 ends. */
function mixed(hash: number): number {
  let mix = hash ^ (hash >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix ^= mix >>> 13;
  mix = Math.imul(mix, 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
