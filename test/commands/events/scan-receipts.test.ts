import {
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  mkdirSync,
  appendFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { filesIn, openDuckDb } from '../../../commands/events/duckdb-store.ts';
import { localFiles } from '../../../commands/events/record-files.ts';
import { receiptsIn } from '../../../commands/events/read-timelines.ts';
import { receiptsOfEvents } from '../../../commands/events/record-queries.ts';
import type { Span, Wanted } from '../../../commands/events/record-store.ts';
import { scanReceipts } from '../../../commands/events/scan-receipts.ts';
import { readReceiptIndex, writeReceiptIndex } from '../../../local/emulators/firehose/receipt-index.ts';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { writeReceipts } from '../../support/record-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'scan-'));
afterAll(() => rmSync(root, { recursive: true }));

const start = Date.parse('2026-03-10T08:00:00.000Z');
const span = { from: start - 1, to: start + 10 * 3_600_000 };
const facts = { v: 1, s: 'shop', e: 'Order "Completed"' } as const;
const place = { a: start, d: 'main', m: 'Purchase' } as const;
const ids = ['order-1', 'order-11', '~i0123', "it's", 'a"b', 'back\\', 'ünï'];

const compressedIn = (folder: string): string[] =>
  globSync('**/*.gz', { cwd: folder }).map((file) => join(folder, file));
const index = (file: string): void => writeReceiptIndex(file, gunzipSync(readFileSync(file)));

let folders = 0;
function folderOf(receipts: readonly Receipt[]): string {
  const folder = join(root, String(++folders));
  writeReceipts(folder, receipts);
  // Files with and without an index lie side by side.
  for (const [number, file] of compressedIn(folder).entries()) if (number % 2 === 0) index(file);
  return folder;
}

const scan = (folder: string, wanted: Partial<Wanted>, within: Span = span): Promise<Receipt[]> =>
  scanReceipts(filesIn(folder, within), within, { ids: [], eventIds: [], persons: [], ...wanted });

const id = fc.constantFrom(...ids);
const anyReceipt = fc
  .record({ id, at: fc.nat(9), p: fc.constantFrom('u0011', 'e0022'), i: id, isEnd: fc.boolean() })
  .map(({ id: own, at, p, i, isEnd }): Receipt => {
    const t = start + at * 3_600_000;
    const ev = JSON.stringify({ messageId: own, id: 'order-1', p: 'u0011' });
    return isEnd
      ? { ...facts, ...place, id: own, k: 'delivered', t, n: 1, i }
      : { ...facts, id: own, k: 'accepted', t, p: [p], ev };
  });

const bytes = (receipts: readonly Receipt[]): string[] =>
  receipts.map((receipt) => JSON.stringify(Object.entries(receipt).toSorted())).toSorted();

describe('scanReceipts', () => {
  it('finds what the question in SQL finds, whatever is wanted', async () => {
    const wanted = fc.record({
      ids: fc.uniqueArray(id, { maxLength: 3 }),
      eventIds: fc.uniqueArray(id, { maxLength: 2 }),
      persons: fc.uniqueArray(fc.constantFrom('u0011', 'e0022', 'u'), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyReceipt, { maxLength: 12 }), wanted, async (receipts, asked) => {
        const folder = folderOf(receipts);
        const store = openDuckDb(folder);
        const found = receiptsIn(await store.query(receiptsOfEvents(store.dialect, span, asked)));
        await store.close();

        expect(bytes(await scan(folder, asked))).toEqual(bytes(found));
      }),
      { seed: 17, numRuns: 40 },
    );
  });

  it('finds many events at once as it finds them one by one', async () => {
    const many = Array.from({ length: 40 }, (_, number) => `other-${number}`);
    const all = [...many, ...ids];
    const folder = folderOf(
      all.flatMap((own, number): Receipt[] => [{ ...facts, id: own, k: 'accepted', t: start + number }]),
    );
    const oneByOne = await Promise.all(all.map((own) => scan(folder, { ids: [own] })));

    expect(bytes(await scan(folder, { ids: all }))).toEqual(bytes(oneByOne.flat()));
    expect(oneByOne.map(({ length }) => length)).toEqual(all.map(() => 1));
  });

  it('leaves out what lies outside of the span, though its file is read', async () => {
    const folder = folderOf([0, 1, 2].map((t) => ({ ...facts, id: 'order-1', k: 'accepted', t: start + t })));

    expect(await scan(folder, { ids: ['order-1'] }, { from: start + 1, to: start + 1 })).toMatchObject([
      { t: start + 1 },
    ]);
  });

  it('reads lines that another program wrote, with blanks, and passes over damaged ones', async () => {
    const folder = folderOf([]);
    const hour = join(folder, 'day=2026-03-10/hour=08');
    mkdirSync(hour, { recursive: true });
    const line = (own: string): string => `{"v": 1, "k": "accepted", "t": ${start}, "id": "${own}"}\n`;
    writeFileSync(join(hour, 'a.ndjson'), `${line('order-1')}{"id": "order-1", "t\n${line('order-2')}`);
    appendFileSync(join(hour, 'a.ndjson'), '{"v":1,"k":"accepted","id":"order-1"');
    const many = Array.from({ length: 20 }, (_, number) => `order-${number}`);

    expect(globSync('**/*.ndjson', { cwd: folder })).toHaveLength(1);
    expect(await scan(folder, { ids: ['order-1'] })).toHaveLength(1);
    expect(await scan(folder, { ids: many })).toHaveLength(2);
  });

  it('reads no file whose index knows none of what is wanted', async () => {
    const folder = folderOf([{ ...facts, id: 'order-1', k: 'accepted', t: start, p: ['u0011'] }]);
    const [file = ''] = compressedIn(folder);
    const { size } = statSync(file);
    // The same file as far as its index can tell, and nothing that can be decompressed.
    const tail = readFileSync(file).subarray(-8);
    writeFileSync(file, Buffer.concat([Buffer.alloc(size - 8), tail]));

    expect(await scan(folder, { ids: ['order-2'], eventIds: ['order-3'], persons: ['u0022'] })).toEqual([]);
    await expect(scan(folder, { persons: ['u0011'] })).rejects.toThrow();
  });

  it('looks into a file that was written anew, of which the index keeps nothing that went', async () => {
    const folder = folderOf([{ ...facts, id: 'order-1', k: 'accepted', t: start, p: ['u0011'] }]);
    const [file = ''] = compressedIn(folder);
    const files = localFiles(folder);
    const [name = ''] = await files.names();
    expect(readReceiptIndex(file)?.mayHold('u0011')).toBe(true);

    const line = { ...facts, id: 'erased-1', k: 'accepted', t: start };
    await files.write(name, gzipSync(`${JSON.stringify(line)}\n`));

    expect(['u0011', 'order-1', 'erased-1'].map((text) => readReceiptIndex(file)?.mayHold(text))).toEqual([
      false,
      false,
      true,
    ]);
    expect(await files.names()).toEqual([name]);
    expect(await scan(folder, { ids: ['erased-1'] })).toMatchObject([{ id: 'erased-1' }]);
  });
});
