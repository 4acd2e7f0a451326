import { Buffer } from 'node:buffer';
import type { JsonObject } from '../segment/event.ts';
import { identifiersOf, type PersonDigest } from './person-digests.ts';
import type { Receipt } from './receipt.ts';
import { recordedId } from './recorded-id.ts';
import { createRecordedMembersReader } from './recorded-members.ts';

/** How much the record keeps: receipts, or the Segment events as well, so that they can be sent again. */
export type RecordLevel = 'receipts' | 'events';

/** Store of receipts; `functions/aws/` implements it over Firehose, tests by a list. */
export interface ReceiptSink {
  /**
   * Writes records, each some lines of JSON with a line break behind every one. Never rejects.
   *
   * @param signal aborted when there is no time left
   * @returns places of the records that are safely kept
   */
  put(records: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
}

/** Port that ingest and delivery tell of every step of an event. Telling it costs no waiting and never fails. */
export interface Recorder {
  readonly keepsEvents: boolean;
  add(receipt: Receipt): void;
  /** The same of a receipt that is written as JSON already, with a line break behind it. */
  addLine(line: string): void;
  /** A message id as receipts carry it. */
  idOf(messageId: string): string;
  /** Members of an event, given as JSON, that receipts tell of; there may be others. */
  membersOf(json: string): JsonObject;
  /** Digests of the person's identifiers in an event; undefined where it has none. */
  personsOf(event: JsonObject): string[] | undefined;
  /** Writes what was added, until `signal` says that the time is over. Never rejects; what could not be written is counted as missed. */
  flush(signal: AbortSignal): Promise<void>;
  /** How many receipts were missed since the last call: there was no room, no secret or no time for them. */
  takeMissed(): number;
}

export interface RecordLimits {
  readonly bytes: number;
  readonly receipts: number;
  readonly recordBytes: number;
}

/** Bounds of what is held in memory between two flushes, and of what one record of Firehose holds. */
const recordLimits: RecordLimits = {
  bytes: 16 * 1024 * 1024,
  receipts: 200_000,
  /** Firehose takes 1,000 KiB a record, and bills each in steps of 5 KB: many lines go into one. */
  recordBytes: 1_000 * 1024,
};

export interface RecorderOptions {
  readonly level: RecordLevel;
  /** Undefined while the secret could not be read: then nothing can be recorded, and everything counts as missed. */
  readonly digest: () => PersonDigest | undefined;
  readonly sink: ReceiptSink;
  readonly limits?: Partial<RecordLimits> | undefined;
}

/** One record in the making. */
interface Pack {
  readonly lines: string[];
  /** UTF-16 units. */
  units: number;
}

const newPack = (): Pack => ({ lines: [], units: 0 });

/** Holds receipts as lines until they are flushed, many to a record. */
export function createRecorder({ level, digest, sink, limits = {} }: RecorderOptions): Recorder {
  const { bytes: mostBytes, receipts: mostReceipts, recordBytes } = { ...recordLimits, ...limits };
  let full: Pack[] = [];
  let open = newPack();
  let heldUnits = 0;
  let held = 0;
  let missed = 0;

  /** The packs so far, while new receipts go into others. */
  function take(): readonly Pack[] {
    const packs = open.lines.length === 0 ? full : [...full, open];
    full = [];
    open = newPack();
    heldUnits = 0;
    held = 0;
    return packs;
  }

  function addLine(line: string): void {
    // Most lines are ASCII: a byte for each unit. What has more is cut when it is written.
    const { length } = line;
    if (held >= mostReceipts || heldUnits + length > mostBytes || length > recordBytes || digest() === undefined) {
      missed++;
      return;
    }
    if (open.units + length > recordBytes) {
      full.push(open);
      open = newPack();
    }
    open.lines.push(line);
    open.units += length;
    heldUnits += length;
    held++;
  }

  return {
    keepsEvents: level === 'events',
    membersOf: createRecordedMembersReader(),
    add: (receipt) => addLine(`${JSON.stringify(receipt)}\n`),
    addLine,
    idOf(messageId) {
      const digestOf = digest();
      return digestOf === undefined ? '' : recordedId(messageId, digestOf);
    },
    personsOf(event) {
      const digestOf = digest();
      const identifiers = digestOf === undefined ? [] : identifiersOf(event);
      return digestOf === undefined || identifiers.length === 0 ? undefined : identifiers.map(digestOf);
    },
    async flush(signal) {
      const packs = take();
      if (packs.length === 0) return;
      const records = packs.flatMap(({ lines }) => recordsOf(lines, recordBytes));
      const texts = records.map(({ text }) => text);
      const kept = new Set(await untilAborted(sink.put(texts, signal), signal));
      for (const [place, { count }] of records.entries()) if (!kept.has(place)) missed += count;
    },
    takeMissed() {
      const count = missed;
      missed = 0;
      return count;
    },
  };
}

/** Lines as the text of one record, or of several where they have more bytes than one holds. */
function recordsOf(lines: readonly string[], mostBytes: number): { readonly text: string; readonly count: number }[] {
  const text = lines.join('');
  const isOne = text.length * 3 <= mostBytes || Buffer.byteLength(text) <= mostBytes || lines.length === 1;
  if (isOne) return [{ text, count: lines.length }];
  const middle = lines.length >> 1;
  return [...recordsOf(lines.slice(0, middle), mostBytes), ...recordsOf(lines.slice(middle), mostBytes)];
}

/** The receipts that were written when the signal came; a sink that does not obey it is left behind. */
function untilAborted(putting: Promise<readonly number[]>, signal: AbortSignal): Promise<readonly number[]> {
  return new Promise((resolve) => {
    const nothing = (): void => resolve([]);
    if (signal.aborted) nothing();
    signal.addEventListener('abort', nothing, { once: true });
    putting.then(resolve, nothing).finally(() => signal.removeEventListener('abort', nothing));
  });
}
