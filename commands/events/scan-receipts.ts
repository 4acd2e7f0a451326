import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readReceiptIndex } from '../../local/emulators/firehose/receipt-index.ts';
import { mapConcurrently } from '../../shared/lib/concurrency.ts';
import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { Receipt } from '../../shared/record/receipt.ts';
import { isObject } from '../../shared/segment/event.ts';
import type { Span, Wanted } from './record-store.ts';

type Line = Readonly<Record<string, unknown>>;

/** As many as Node has threads for it. */
const parallelFiles = 4;
/** Bounds of the piece that a file is decompressed into, which is the whole of it: each is a way to another thread and a copy. */
const pieceBytes = { least: 1024 * 1024, most: 64 * 1024 * 1024 };
/** Of more texts than these, every id is looked at once, in place of the file once for every text. */
const fewTexts = 8;

const inflate = promisify(gunzip);

/**
 * Receipts of the events that are wanted, found in the text of a record's files: only lines that hold what is looked for are
 * read as JSON, and of the files that have an index only those that may hold it.
 *
 * @param withEvents their Segment events as well
 */
export async function scanReceipts(
  files: readonly string[],
  span: Span,
  wanted: Wanted,
  withEvents = false,
): Promise<Receipt[]> {
  const { ids, eventIds, persons } = wanted;
  const isInSpan = ({ t }: Line): boolean => typeof t === 'number' && t >= span.from && t <= span.to;
  let all: ReadonlySet<unknown> = new Set(ids);
  if (eventIds.length + persons.length > 0) {
    // Only some receipts of an event name its person: first who it was, then all of these events.
    const named: ReadonlySet<unknown> = new Set([...ids, ...eventIds]);
    const sent: ReadonlySet<unknown> = new Set(eventIds);
    const digests: ReadonlySet<unknown> = new Set(persons);
    const isWanted = ({ id, i, p }: Line): boolean =>
      named.has(id) || sent.has(i) || (Array.isArray(p) && p.some((digest) => digests.has(digest)));
    const texts = [...ids, ...eventIds, ...persons];
    const found = await linesOf(files, texts, (line) => isInSpan(line) && isWanted(line));
    all = new Set(found.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
  }
  const texts = [...all].map(String);
  const lines = texts.length === 0 ? [] : await linesOf(files, texts, (line) => isInSpan(line) && all.has(line['id']));
  // Digests are nothing to be told.
  return lines.flatMap(({ p: _, ev, ...line }) => Receipt.safeParse(withEvents ? { ...line, ev } : line).data ?? []);
}

/** Lines that hold one of the texts as a text of their JSON, and pass. */
async function linesOf(
  files: readonly string[],
  texts: readonly string[],
  passes: (line: Line) => boolean,
): Promise<Line[]> {
  const placesIn = texts.length > fewTexts ? placesOfIds(texts) : placesOfTexts(texts);
  const likely = files.filter((file) => {
    const index = file.endsWith('.gz') ? readReceiptIndex(file) : undefined;
    return index === undefined || texts.some((text) => index.mayHold(text));
  });
  const found = await mapConcurrently(likely, parallelFiles, async (file) => {
    const contents = await textOf(file);
    const starts = new Set<number>();
    for (const place of placesIn(contents)) starts.add(contents.lastIndexOf(lineBreak, place) + 1);
    return [...starts].flatMap((start) => {
      const end = contents.indexOf(lineBreak, start);
      // A line that is being written right now may be there by half.
      const line = jsonOrNothing(contents.toString('utf8', start, end < 0 ? contents.length : end));
      return isObject(line) && passes(line) ? [line] : [];
    });
  });
  return found.flat();
}

const lineBreak = 10;
const quote = 34;
const backslash = 92;

const placesOfTexts = (texts: readonly string[]) => {
  const needles = texts.map((text) => Buffer.from(JSON.stringify(text)));
  return function* (contents: Buffer): Generator<number> {
    for (const needle of needles) {
      for (let at = contents.indexOf(needle); at >= 0; at = contents.indexOf(needle, at + needle.length)) yield at;
    }
  };
};

const idName = Buffer.from('"id"');

/** Within the text of an event, quotes are escaped: there the name of the member does not stand. */
const placesOfIds = (texts: readonly string[]) => {
  const wanted = new Set(texts.map((text) => Buffer.from(JSON.stringify(text).slice(1, -1)).toString('latin1')));
  return function* (contents: Buffer): Generator<number> {
    for (let at = contents.indexOf(idName); at >= 0; at = contents.indexOf(idName, at + idName.length)) {
      const start = contents.indexOf(quote, at + idName.length) + 1;
      let end = contents.indexOf(quote, start);
      while (end > 0 && isEscaped(contents, end)) end = contents.indexOf(quote, end + 1);
      if (start > 0 && end > 0 && wanted.has(contents.toString('latin1', start, end))) yield at;
    }
  };
};

function isEscaped(contents: Buffer, at: number): boolean {
  let before = at;
  while (contents[before - 1] === backslash) before--;
  return (at - before) % 2 === 1;
}

/** @param file that is there in the plain while it is being filled, and compressed after it */
async function textOf(file: string): Promise<Buffer> {
  if (file.endsWith('.gz')) return inflated(await readFile(file));
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return inflated(await readFile(`${file}.gz`));
  }
}

function inflated(compressed: Buffer): Promise<Buffer> {
  // At its end stands the length of what it holds.
  const bytes = compressed.length < 4 ? 0 : compressed.readUInt32LE(compressed.length - 4);
  return inflate(compressed, { chunkSize: Math.min(pieceBytes.most, Math.max(pieceBytes.least, bytes + 1)) });
}
