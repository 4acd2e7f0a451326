import { describe, expect, it } from 'vitest';
import { costOf, type Price, prices } from '../../../commands/cost/prices.ts';

describe('costOf', () => {
  const price: Price = {
    unit: 'thing',
    tiers: [
      { upTo: 100, usd: 1 },
      { upTo: 300, usd: 0.5 },
      { upTo: Number.POSITIVE_INFINITY, usd: 0.1 },
    ],
    source: 'https://example.com',
  };

  it.each([
    { units: 0, usd: 0 },
    { units: 40, usd: 40 },
    { units: 100, usd: 100 },
    { units: 200, usd: 150 },
    { units: 400, usd: 210 },
  ])('$units units cost $usd, each at the price of its tier', ({ units, usd }) => {
    expect(costOf(units, price)).toBeCloseTo(usd, 9);
  });
});

describe('prices', () => {
  it.each(Object.entries<Price>(prices))(
    '%s falls with the tiers, ends without bound, and has its source',
    (_, { tiers, source }) => {
      const bounds = tiers.map(({ upTo }) => upTo);
      const each = tiers.map(({ usd }) => usd);

      expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
      expect(each).toEqual(each.toSorted((a, b) => b - a));
      expect(bounds.at(-1)).toBe(Number.POSITIVE_INFINITY);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\//);
    },
  );
});
