import { describe, expect, it } from 'vitest';
import { countChanges, type HourlyCount } from '../../../shared/alarms/count-changes.ts';
import { seededRandom } from '../../chaos/seeded-random.ts';

const hourMs = 3_600_000;
const start = Date.parse('2026-09-07T00:00:00Z');
const weeks = 9;

/** Weeks of a shop: more by day than by night, more on Sundays, with chance and busy days on top. */
function generated(seed: number, perHour: Readonly<Record<string, number>>): HourlyCount[] {
  const random = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const counts: HourlyCount[] = [];
  for (let day = 0; day < weeks * 7; day++) {
    const busy = Math.exp(0.1 * gauss());
    for (let hour = 0; hour < 24; hour++) {
      const season = (1.1 - Math.cos(((hour - 3) / 24) * 2 * Math.PI)) * (day % 7 === 6 ? 1.5 : 1) * busy;
      for (const [event, mean] of Object.entries(perHour)) {
        const expected = mean * season;
        const count = Math.max(0, Math.round(expected + Math.sqrt(expected) * gauss()));
        if (count > 0) counts.push({ event, hour: start + (day * 24 + hour) * hourMs, count });
      }
    }
  }
  return counts;
}

const shop = { Purchase: 40, 'View Content': 900, Lead: 3 };
const end = start + weeks * 168 * hourMs;

describe('countChanges', () => {
  it('gives at most one false alarm in a hundred hours of generated weeks', () => {
    let alarms = 0;
    let hours = 0;
    for (const seed of [1, 2, 3]) {
      const counts = generated(seed, shop);
      for (let until = start + 5 * 168 * hourMs; until <= end; until += 3 * hourMs) {
        alarms += countChanges(counts, until).length;
        hours += 3;
      }
    }

    expect(hours).toBeGreaterThan(2_000);
    expect(alarms / hours).toBeLessThan(0.01);
  });

  it.each([
    { title: 'fell by 80 per cent', factor: 0.2, changes: [{ event: 'Purchase', sign: -1 }] },
    { title: 'stopped', factor: 0, changes: [{ event: 'Purchase', sign: -1 }] },
    { title: 'grew threefold', factor: 3, changes: [{ event: 'Purchase', sign: 1 }] },
    { title: 'is as always', factor: 1, changes: [] },
  ])('tells that one name $title, and the other did not', ({ factor, changes }) => {
    const until = end - 10 * hourMs;
    const counts = generated(4, shop).map((one) =>
      one.event === 'Purchase' && one.hour >= until - 3 * hourMs && one.hour < until
        ? { ...one, count: Math.round(one.count * factor) }
        : one,
    );

    expect(
      countChanges(counts, until).map(({ event, changePercent }) => ({ event, sign: Math.sign(changePercent) })),
    ).toEqual(changes);
  });

  it('says nothing before there are three weeks to compare with, nor of a handful of events', () => {
    const counts = generated(5, shop);

    expect(countChanges(counts, start + 2 * 168 * hourMs)).toEqual([]);
    expect(countChanges([], end)).toEqual([]);
    expect(countChanges(generated(6, { Rare: 0.5 }), end)).toEqual([]);
  });
});
