import { describe, expect, it } from 'vitest';
import { personDigests } from '../../../shared/record/person-digests.ts';
import { readReceipts } from '../../../shared/record/read-receipts.ts';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { createRecorder, type ReceiptSink, type RecorderOptions } from '../../../shared/record/recorder.ts';

const digest = personDigests('key');
const running = new AbortController().signal;
const receipt = (number: number): Receipt => ({ v: 1, k: 'accepted', t: number, id: `order-${number}`, s: 'shop' });

function recorderInto(put: ReceiptSink['put'], options: Partial<RecorderOptions> = {}) {
  return createRecorder({ level: 'receipts', digest: () => digest, sink: { put }, ...options });
}

const keepsAll =
  (kept: string[]): ReceiptSink['put'] =>
  async (records) => {
    kept.push(...records);
    return records.map((_, place) => place);
  };

describe('a recorder', () => {
  it('writes many receipts as one record, a line each', async () => {
    const kept: string[] = [];
    const recorder = recorderInto(keepsAll(kept));
    for (let number = 0; number < 1_000; number++) recorder.add(receipt(number));

    await recorder.flush(running);

    expect(kept).toHaveLength(1);
    expect(readReceipts(kept.join(''))).toEqual({
      receipts: Array.from({ length: 1_000 }, (_, number) => receipt(number)),
      unread: 0,
    });
    expect(recorder.takeMissed()).toBe(0);
  });

  it('asks the sink for nothing when there is nothing to write', async () => {
    const recorder = recorderInto(async () => {
      throw new Error('asked');
    });

    await recorder.flush(running);

    expect(recorder.takeMissed()).toBe(0);
  });

  it('begins another record where one is full, and loses nothing at the seam', async () => {
    const kept: string[] = [];
    const recorder = recorderInto(keepsAll(kept), { limits: { recordBytes: 200 } });
    for (let number = 0; number < 20; number++) recorder.add(receipt(number));

    await recorder.flush(running);

    expect(kept.length).toBeGreaterThan(5);
    expect(Math.max(...kept.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(200);
    expect(readReceipts(kept.join('')).receipts).toHaveLength(20);
  });

  it.each([
    { title: 'receipts', limits: { receipts: 3 } },
    { title: 'bytes', limits: { bytes: 3 * Buffer.byteLength(`${JSON.stringify(receipt(0))}\n`) } },
    { title: 'bytes of one record', limits: { recordBytes: 10 }, most: 0 },
  ])('holds no more $title than it may, and counts the others as missed', async ({ limits, most = 3 }) => {
    const kept: string[] = [];
    const recorder = recorderInto(keepsAll(kept), { limits });
    for (let number = 0; number < 8; number++) recorder.add(receipt(number));

    await recorder.flush(running);

    expect(readReceipts(kept.join('')).receipts).toHaveLength(most);
    expect(recorder.takeMissed()).toBe(8 - most);
    expect(recorder.takeMissed()).toBe(0);
  });

  it('has room again after it was flushed', async () => {
    const kept: string[] = [];
    const recorder = recorderInto(keepsAll(kept), { limits: { receipts: 1 } });

    recorder.add(receipt(1));
    await recorder.flush(running);
    recorder.add(receipt(2));
    await recorder.flush(running);

    expect(kept).toHaveLength(2);
    expect(recorder.takeMissed()).toBe(0);
  });

  it('counts the receipts of records that the sink did not keep', async () => {
    const recorder = recorderInto(async () => [1], { limits: { recordBytes: 120 } });
    for (let number = 0; number < 4; number++) recorder.add(receipt(number));

    await recorder.flush(running);

    expect(recorder.takeMissed()).toBe(2);
  });

  it('waits for no sink that does not answer in time', async () => {
    const late = new AbortController();
    const recorder = recorderInto(() => new Promise(() => {}));
    recorder.add(receipt(1));

    const flushed = recorder.flush(late.signal);
    late.abort();
    await flushed;

    expect(recorder.takeMissed()).toBe(1);
  });

  it('does not fail when the sink does', async () => {
    const recorder = recorderInto(async () => {
      throw new Error('broken');
    });
    recorder.add(receipt(1));

    await recorder.flush(running);

    expect(recorder.takeMissed()).toBe(1);
  });

  it('misses everything while there is no secret, rather than to name persons', async () => {
    const kept: string[] = [];
    const recorder = recorderInto(keepsAll(kept), { digest: () => undefined });

    recorder.add(receipt(1));
    await recorder.flush(running);

    expect(kept).toEqual([]);
    expect(recorder.personsOf({ userId: 'jane' })).toBeUndefined();
    expect(recorder.takeMissed()).toBe(1);
  });

  it('keeps an id that a person can be read from as a digest only', () => {
    const recorder = recorderInto(keepsAll([]));

    expect(recorder.idOf('order-4711')).toBe('order-4711');
    expect(recorder.idOf('jane@example.com')).toMatch(/^~i[\da-f]{16}$/);
  });
});

describe('readReceipts', () => {
  it('leaves out lines that are damaged or of a later version, and counts them', () => {
    const text = `${JSON.stringify(receipt(1))}\n{"v":1,"k":"acc\n${JSON.stringify({ ...receipt(2), v: 2 })}\n`;

    expect(readReceipts(text)).toEqual({ receipts: [receipt(1)], unread: 2 });
  });
});
