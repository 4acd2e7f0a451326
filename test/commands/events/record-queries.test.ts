import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from '../../../commands/events/duckdb-store.ts';
import { readStats } from '../../../commands/events/read-stats.ts';
import { readTimelines, receiptsIn } from '../../../commands/events/read-timelines.ts';
import { openEvents, receiptsOfEvents, standings, unannounced } from '../../../commands/events/record-queries.ts';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { isOpen, timelinesOf } from '../../../shared/record/timeline.ts';
import { writeReceipts } from '../../support/record-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'record-'));
afterAll(() => rmSync(root, { recursive: true }));

const start = Date.parse('2026-03-10T08:00:00.000Z');
const span = { from: start - 1, to: start + 10 * 3_600_000 };
const event = (number: number) => ({ v: 1, id: `order-${number}`, s: 'shop', e: 'Order Completed' }) as const;
const place = (m = 'Purchase') => ({ a: start, d: 'main', m });

let folders = 0;
async function storeOf(receipts: readonly Receipt[]) {
  const folder = join(root, String(++folders));
  writeReceipts(folder, receipts);
  return openDuckDb(folder);
}

/** Any receipts of a few events, at moments that all differ. */
const anyReceipts = fc
  .array(
    fc.record({
      number: fc.nat(3),
      k: fc.constantFrom('accepted', 'attempt', 'delivered', 'dead', 'skipped', 'redriven', 'replayed', 'erased'),
      m: fc.constantFrom('Purchase', 'Gift'),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drafts) =>
    drafts.map(({ number, k, m }, index): Receipt => {
      const facts = { ...event(number), t: start + index * 60_000 };
      if (k === 'accepted' || k === 'erased') return { ...facts, k };
      if (k === 'redriven' || k === 'replayed') return { ...facts, ...place(m), k };
      if (k === 'attempt') return { ...facts, ...place(m), k, n: 1, r: 'http_503', o: 'retry' };
      if (k === 'delivered') return { ...facts, ...place(m), k, n: 1 };
      return k === 'dead' ? { ...facts, ...place(m), k, r: 'meta_rejected' } : { ...facts, ...place(m), k, r: 'x' };
    }),
  );

describe('questions to the record', () => {
  it('find the ends and the open events that the timelines tell, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(anyReceipts, async (receipts) => {
        const store = await storeOf(receipts);
        const filter = { outcomes: [], reasons: [], sources: [], events: [], destinations: [] };
        const stands = await store.query(standings(store.dialect, span, filter, 100));
        const open = await store.query(openEvents(store.dialect, span, span.to, 100));
        await store.close();
        const timelines = timelinesOf(receipts);

        expect(
          stands
            .flatMap(({ id, m, k }) =>
              ['delivered', 'dead', 'skipped'].includes(String(k)) ? [`${id} ${m} ${k}`] : [],
            )
            .toSorted(),
        ).toEqual(
          timelines
            .flatMap(({ messageId, final }) =>
              final.flatMap(({ mapping, outcome }) =>
                outcome === 'erased' ? [] : [`${messageId} ${mapping} ${outcome}`],
              ),
            )
            .toSorted(),
        );
        expect(open.map(({ id }) => id).toSorted()).toEqual(
          timelines
            .filter(isOpen)
            .map(({ messageId }) => messageId)
            .toSorted(),
        );
      }),
      { seed: 17, numRuns: 40 },
    );
  });

  it('read back every receipt of an event, without digests', async () => {
    const receipts: Receipt[] = [
      { ...event(1), k: 'accepted', t: start, p: ['u0011'], ev: '{"type":"track"}' },
      { ...event(1), ...place(), k: 'attempt', t: start + 1, n: 1, r: 'http_503', o: 'retry', x: 'trace', q: 2, b: 99 },
      { ...event(1), ...place(), k: 'delivered', t: start + 3_600_000, n: 2, c: 1, mk: 'em ph', i: 'other' },
    ];
    const store = await storeOf([...receipts, { ...event(2), k: 'accepted', t: start }]);
    const rows = await store.query(
      receiptsOfEvents(store.dialect, span, { ids: ['order-1'], eventIds: [], persons: [] }),
    );
    await store.close();
    const [{ p, ev, ...accepted } = {}, ...rest] = receipts as (Receipt & { p?: unknown; ev?: unknown })[];

    expect(receiptsIn(rows).toSorted((one, other) => one.t - other.t)).toEqual([accepted, ...rest]);
    expect([p, ev]).toBeDefined();
  });

  it.each([
    ['a person', { ids: [], eventIds: [], persons: ['u0011'] }],
    ['the event id that was sent', { ids: [], eventIds: ['other'], persons: [] }],
    ['its message id', { ids: ["it's"], eventIds: [], persons: [] }],
  ])('find an event by %s', async (_, wanted) => {
    const odd = { ...event(1), id: "it's" };
    const store = await storeOf([
      { ...odd, k: 'accepted', t: start, p: ['u0011', 'e0022'] },
      { ...odd, ...place(), k: 'delivered', t: start + 1, n: 1, i: 'other' },
      { ...event(2), k: 'accepted', t: start, p: ['u0033'] },
    ]);
    const timelines = await readTimelines(store, span, wanted);
    await store.close();

    expect(timelines.map(({ messageId, receipts }) => [messageId, receipts.length])).toEqual([["it's", 2]]);
  });

  it('count events with an end that nobody announced', async () => {
    const store = await storeOf([
      { ...event(1), k: 'accepted', t: start },
      { ...event(1), ...place(), k: 'delivered', t: start, n: 1 },
      { ...event(2), ...place(), k: 'delivered', t: start, n: 1 },
      { ...event(3), ...place(), a: span.from - 1, k: 'delivered', t: start, n: 1 },
    ]);
    const rows = await store.query(unannounced(store.dialect, span));
    await store.close();

    expect(rows).toEqual([{ total: 1 }]);
  });

  it('answer about an empty record', async () => {
    const store = await storeOf([]);
    const timelines = await readTimelines(store, span, { ids: ['order-1'], eventIds: [], persons: ['u0011'] });
    const { totals, rows } = await readStats(store, span, 'day');
    await store.close();

    expect([timelines, rows, totals.accepted]).toEqual([[], [], 0]);
  });
});

describe('readStats', () => {
  it('adds up by time, source, event and destination, with reasons, latency and match keys', async () => {
    const store = await storeOf([
      { ...event(1), k: 'accepted', t: start },
      { ...event(2), k: 'accepted', t: start },
      { v: 1, s: 'shop', k: 'rejected', t: start, r: 'event_invalid', w: 7 },
      { ...event(1), ...place(), k: 'delivered', t: start + 1_000, n: 1, mk: 'em ph' },
      { ...event(1), ...place(), k: 'delivered', t: start + 3_000, n: 1, mk: 'em ph' },
      { ...event(2), ...place(), k: 'delivered', t: start + 2_000, n: 1, mk: 'em' },
      { ...event(3), ...place(), k: 'dead', t: start + 3_600_000, n: 1, r: 'meta_rejected' },
      { ...event(4), a: start, d: 'main', k: 'skipped', t: start, r: 'consent_missing' },
    ]);
    const byHour = await readStats(store, span, 'hour');
    const { totals } = await readStats(store, span, 'day');
    await store.close();
    const at = (unit: string, destination: string | null) =>
      byHour.rows.find((row) => row.unit === unit && row.destination === destination && row.event !== null);

    expect(totals).toEqual({
      ...{ accepted: 2, rejected: 7, delivered: 3, repeated: 1, skipped: 1, dead: 1 },
      ...{ redriven: 0, replayed: 0, erased: 0 },
    });
    expect(at('2026-03-10 08:00', null)).toMatchObject({ accepted: 2 });
    expect(at('2026-03-10 08:00', 'main')).toMatchObject({
      delivered: 3,
      skippedBy: { consent_missing: 1 },
      latencyMs: { p50: 2_000 },
      matchKeys: { em: expect.closeTo(1), ph: expect.closeTo(2 / 3) },
    });
    expect(at('2026-03-10 09:00', 'main')).toMatchObject({ dead: 1, deadBy: { meta_rejected: 1 } });
  });
});
