import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  readReceiptIndex,
  removeReceiptIndex,
  writeReceiptIndex,
} from '../../../../local/emulators/firehose/receipt-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'receipt-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function indexed(lines: readonly string[]): string {
  const file = join(folder, `${++files}.ndjson.gz`);
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  writeFileSync(file, gzipSync(text));
  writeReceiptIndex(file, text);
  return file;
}

const line = (id: string, more: object = {}): string => JSON.stringify({ v: 1, k: 'accepted', id, ...more });

describe('receipt index', () => {
  it('says no to nothing that leads to a receipt, however its line is written', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const receipt = fc.record(
      { id: text, i: text, p: fc.array(text, { maxLength: 4 }), ev: fc.json(), e: text, r: fc.constant(',"ev":"') },
      { requiredKeys: [] },
    );
    // Members in every order, with and without blanks.
    const written = fc.tuple(receipt, fc.boolean(), fc.integer({ max: 1, min: 0 }));
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), (all) => {
        const index = readReceiptIndex(
          indexed(
            all.map(([each, isTurned, blanks]) => {
              const members = Object.entries(each);
              const turned = Object.fromEntries(isTurned ? members.toReversed() : members);
              return JSON.stringify(turned, undefined, blanks).replaceAll('\n', ' ');
            }),
          ),
        );

        const texts = all.flatMap(([{ id, i, p = [] }]) => [id, i, ...p].filter((each) => each !== undefined));
        expect(texts.filter((each) => index?.mayHold(each.toWellFormed()) !== true)).toEqual([]);
      }),
      { seed: 17, numRuns: 200 },
    );
  });

  it('says no to nearly all that is not there, ids in a row included', () => {
    const index = readReceiptIndex(
      indexed(Array.from({ length: 5_000 }, (_, n) => line(`order-${n}`, { p: [`u${n}`] }))),
    );

    const passed = Array.from({ length: 20_000 }, (_, n) => `order-${n + 5_000}`).filter((id) => index?.mayHold(id));
    expect(passed.length).toBeLessThan(200);
  });

  it('knows nothing of what stands in an event only', () => {
    const ev = JSON.stringify({ id: 'inner', messageId: 'order-1', p: ['deep'] });
    const index = readReceiptIndex(indexed([line('order-1', { p: ['u1'], ev })]));

    expect(['order-1', 'u1', 'inner', 'deep'].map((each) => index?.mayHold(each))).toEqual([true, true, false, false]);
  });

  // lance-format/lance#8221: after a file was written anew, its filter of before hid rows that were there.
  it('does not count for other contents', () => {
    const file = indexed([line('order-1')]);
    writeFileSync(file, gzipSync(`${line('order-2')}\n`));

    expect(readReceiptIndex(file)).toBeUndefined();
  });

  // redpanda-data/redpanda#1976: a kill left an empty index. pmcfadin/cqlite#1398: bits that flipped on a disk hid what was there.
  it.each<[title: string, spoil: (index: string) => void]>([
    ['is missing', (index) => rmSync(index)],
    ['is empty', (index) => writeFileSync(index, '')],
    ['ends early', (index) => writeFileSync(index, readFileSync(index).subarray(0, -1))],
    ['goes on', (index) => appendFileSync(index, '\0')],
    [
      'has a flipped bit',
      (index) =>
        writeFileSync(
          index,
          readFileSync(index).map((byte, at, { length }) => (at === length - 1 ? byte ^ 1 : byte)),
        ),
    ],
    ['is only its head', (index) => writeFileSync(index, readFileSync(index).subarray(0, 20))],
  ])('does not count when it %s', (_, spoil) => {
    const file = indexed([line('order-1', { p: ['u1'] })]);
    expect(readReceiptIndex(file)?.mayHold('order-1')).toBe(true);

    spoil(`${file}.index`);

    expect(readReceiptIndex(file)).toBeUndefined();
  });

  it('is gone once it is removed, and a file without receipts has one that knows nothing', () => {
    const file = indexed([]);
    expect(readReceiptIndex(file)?.mayHold('order-1')).toBe(false);

    removeReceiptIndex(file);
    removeReceiptIndex(file);

    expect(existsSync(`${file}.index`)).toBe(false);
  });
});
