import { describe, expect, it } from 'vitest';
import { faultDeck } from './fault-deck.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

const deal = (rates: Readonly<Record<string, number>>, seed: number, requests = 10_000): string[] => {
  const next = faultDeck(rates, seededRandom(seed));
  return Array.from({ length: requests }, () => next() ?? 'none');
};

describe('faultDeck', () => {
  it('hits the share of requests that was asked for', () => {
    const dealt = deal({ often: 0.05, seldom: 0.01 }, 7);

    expect(dealt.filter((name) => name === 'often').length).toBeGreaterThan(450);
    expect(dealt.filter((name) => name === 'often').length).toBeLessThan(550);
    expect(dealt.filter((name) => name === 'seldom').length).toBeGreaterThan(80);
    expect(dealt.filter((name) => name === 'seldom').length).toBeLessThan(120);
  });

  it.each([1, 2, 3])('deals every fault to a short run, with seed %i', (seed) => {
    const dealt = deal({ a: 0.01, b: 0.01, c: 0.01 }, seed, 220);

    expect([...new Set(dealt)].sort()).toEqual(['a', 'b', 'c', 'none']);
  });

  it('deals the same again for the same seed, and something else for another', () => {
    expect(deal({ a: 0.1 }, 5)).toEqual(deal({ a: 0.1 }, 5));
    expect(deal({ a: 0.1 }, 5)).not.toEqual(deal({ a: 0.1 }, 6));
  });

  it('deals nothing when there is nothing to deal', () => {
    expect(new Set(deal({}, 1, 100))).toEqual(new Set(['none']));
  });
});

describe('shuffled', () => {
  it('keeps every item and changes the order', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);

    const order = shuffled(items, seededRandom(3));

    expect(order).not.toEqual(items);
    expect(order.toSorted((a, b) => a - b)).toEqual(items);
  });
});
