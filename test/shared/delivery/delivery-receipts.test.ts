import { describe, expect, it } from 'vitest';
import { DeliveryReceipts } from '../../../shared/delivery/delivery-receipts.ts';
import type { QueueRecord } from '../../../shared/delivery/queue-record.ts';
import { timelinesOf } from '../../../shared/record/timeline.ts';
import { now } from '../../support/factories.ts';
import { graphError, recordingGraph, refusing } from '../../support/recording-graph.ts';
import { recordingRecorder } from '../../support/recording-recorder.ts';
import { brokenOrder, order, orders, record, retryAfter, runDeliver } from './delivery-fixture.ts';

async function receiptsOf(records: readonly QueueRecord[], overrides: Parameters<typeof runDeliver>[1] = {}) {
  const recorder = recordingRecorder();
  const { report } = await runDeliver(records, { ...overrides, receipts: new DeliveryReceipts(recorder) });
  return { receipts: await recorder.read(), report };
}

const facts = { v: 1, t: now.getTime(), s: 'shop', a: Date.parse('2026-03-10T11:59:01.000Z') } as const;

describe('receipts of a delivery', () => {
  it('tell of a delivered event its request, and what was known of its person', async () => {
    const { receipts } = await receiptsOf([record('a', orders(2))], recordingGraph());

    expect(receipts).toEqual(
      [0, 1].map((number) => ({
        ...facts,
        k: 'delivered',
        id: `order-${number}`,
        e: 'Order Completed',
        d: 'main',
        m: 'purchase',
        n: 1,
        q: 2,
        b: expect.any(Number),
        mk: expect.stringContaining('em'),
        ...(receipts[0] && 'x' in receipts[0] && { x: expect.any(String) }),
      })),
    );
  });

  it('tell of a dead event why, of one that waits what is done, and of one that is skipped the reason', async () => {
    const { receipts } = await receiptsOf(
      [record('a', [brokenOrder(1)]), record('b', [order(2, {}, { integrations: { All: false } })])],
      recordingGraph(),
    );
    const refused = await receiptsOf([record('a', [order(3), order(4)])], recordingGraph(refusing(['order-3'])));
    const throttled = await receiptsOf(
      [record('a', [order(5)])],
      recordingGraph(() => graphError(4)),
    );

    expect(receipts).toMatchObject([
      { k: 'dead', id: 'order-1', d: 'main', m: 'purchase', r: 'currency_invalid' },
      { k: 'skipped', id: 'order-2', d: 'main', r: 'integrations_excluded' },
    ]);
    expect(refused.receipts.map(({ k, id }) => [k, id])).toEqual(
      expect.arrayContaining([
        ['delivered', 'order-4'],
        ['dead', 'order-3'],
      ]),
    );
    expect(throttled.receipts).toMatchObject([
      { k: 'attempt', id: 'order-5', n: 1, r: 'graph_4', o: 'throttle', q: 1 },
    ]);
  });

  it('leave out what only goes by while its destination is held', async () => {
    const isOutOfTime = () => true;
    const first = await receiptsOf([record('a', [order(1)])], {
      isOutOfTime: () => false,
      sendEvents: async () => ({ accepted: false, error: graphError(190) }),
    });
    const later = await receiptsOf([record('a', [order(1)], { retry: retryAfter(1) })], { isOutOfTime });

    expect(first.receipts.map(({ k }) => k)).toEqual(['attempt']);
    expect(later.receipts).toEqual([]);
  });

  it.each([
    ['redrive', 'redriven'],
    ['replay', 'replayed'],
  ])('tell that a message came by %s, for each mapping that it is for', async (origin, k) => {
    const body = { version: 1, source: 'shop', origin, retry: retryAfter(1, { mappings: ['purchase', 'gift'] }) };
    const { receipts } = await receiptsOf(
      [{ recordId: 'a', body: JSON.stringify({ ...body, events: [order(1, { gift: true })] }) }],
      recordingGraph(),
    );

    expect(receipts.map((receipt) => [receipt.k, 'm' in receipt && receipt.m])).toEqual([
      [k, 'purchase'],
      [k, 'gift'],
      ['delivered', 'purchase'],
      ['delivered', 'gift'],
    ]);
  });

  it('are written fast as they are by the rule, whatever the names and requests', async () => {
    const events = Array.from({ length: 70 }, (_, number) =>
      order(
        number,
        {},
        { event: 'Order Completed', messageId: number % 9 === 0 ? `jane"${number}@example.com` : `order-${number}` },
      ),
    );
    const { receipts } = await receiptsOf([record('a', events)], recordingGraph());
    const usual = receipts.filter(
      (receipt) => receipt.k === 'delivered' && receipt.mk === undefined && receipt.i === undefined,
    );
    const told = receipts.filter((receipt) => receipt.k === 'delivered').find(({ mk }) => mk !== undefined);
    const { mk: _, id: __, i: ___, ...common } = { mk: '', id: '', i: '', ...told };

    expect(usual.length).toBeGreaterThan(10);
    for (const { id, ...rest } of usual) expect(rest).toEqual(common);
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(70);
    expect(JSON.stringify(receipts)).not.toContain('jane');
  });

  it('count as the report does', async () => {
    const records = [
      record('a', [order(1), brokenOrder(2), order(3, { gift: true }), order(4)], { source: 'chain' }),
      record('b', [order(5, {}, { event: 'Unknown' })]),
      { recordId: 'c', body: 'no message' },
    ];
    const { receipts, report } = await receiptsOf(records, recordingGraph(refusing(['order-4'])));
    const count = (k: string): number => receipts.filter((receipt) => receipt.k === k).length;

    expect({ delivered: count('delivered'), skipped: count('skipped'), dead: count('dead') }).toEqual({
      delivered: report.delivered,
      skipped: report.skipped,
      dead: report.dead + report.undecodable,
    });
  });

  it('make one timeline of an event that was put back and delivered later', async () => {
    const recorder = recordingRecorder();
    const receipts = new DeliveryReceipts(recorder);
    const failed = await runDeliver([record('a', [order(1)])], { ...recordingGraph(() => graphError(4)), receipts });
    const again = failed.putBack.map(({ body }, index) => ({ recordId: `again-${index}`, body }));
    await runDeliver(again, { ...recordingGraph(), receipts, clock: () => new Date(now.getTime() + 60_000) });

    const [timeline] = timelinesOf(await recorder.read());

    expect(timeline).toMatchObject({ messageId: 'order-1', final: [{ outcome: 'delivered' }], open: [] });
    expect(timeline?.receipts.map((receipt) => ('n' in receipt ? receipt.n : 0))).toEqual([1, 2]);
  });

  it('hold no value of an event', async () => {
    const { receipts } = await receiptsOf([record('a', [order(1), brokenOrder(2)])], recordingGraph());

    expect(JSON.stringify(receipts)).not.toContain('example.com');
  });
});
