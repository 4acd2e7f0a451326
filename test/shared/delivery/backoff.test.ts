import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refusal, Remedy } from '../../../shared/meta/graph/graph-error.ts';
import { delaySeconds } from '../../../shared/delivery/backoff.ts';

const refusal = (remedy: Remedy, retryAfterSeconds?: number): Refusal => ({
  remedy,
  reason: 'A reason.',
  aboutEvent: false,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const almostOne = 1 - Number.EPSILON;

describe('delaySeconds', () => {
  it.each<[Remedy, number, number]>([
    ['retry', 1, 4],
    ['retry', 2, 8],
    ['retry', 5, 64],
    ['retry', 9, 900],
    ['retry', 10_000, 900],
    ['throttle', 1, 120],
    ['throttle', 3, 480],
    ['throttle', 4, 900],
    ['hold', 1, 6],
    ['hold', 5, 96],
    ['hold', 7, 300],
    ['hold', 1_000, 300],
  ])('spreads a %s at attempt %i over up to %i seconds', (remedy, attempt, longest) => {
    expect(delaySeconds(refusal(remedy), attempt, 0)).toBe(1);
    expect(delaySeconds(refusal(remedy), attempt, almostOne)).toBe(longest);
  });

  it.each([
    ['waits as long as Meta asks', 300, 300],
    ['rounds up to whole seconds', 120.2, 121],
    ['waits no longer than SQS can', 86_400, 900],
  ])('%s', (_, retryAfterSeconds, expected) => {
    expect(delaySeconds(refusal('throttle', retryAfterSeconds), 1, 0)).toBe(expected);
  });

  it.each([
    [1, 302],
    [3, 308],
    [10, 900],
  ])('spreads what Meta asks for at attempt %i up to %i seconds', (attempt, longest) => {
    expect(delaySeconds(refusal('throttle', 301), attempt, almostOne)).toBe(longest);
  });

  it('never waits longer than it is told', () => {
    expect(delaySeconds(refusal('retry'), 9, almostOne, 5)).toBe(5);
    expect(delaySeconds(refusal('throttle', 300), 1, 0, 5)).toBe(5);
  });

  it('waits exactly until an event is due that was only deferred', () => {
    expect(delaySeconds(refusal('defer', 42.5), 1, almostOne)).toBe(43);
  });

  it('is always a whole number that SQS takes', () => {
    const remedy = fc.constantFrom<Remedy>('retry', 'throttle', 'hold', 'reject');
    const wish = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(
        remedy,
        fc.integer({ min: 1 }),
        fc.double({ min: 0, max: almostOne, noNaN: true }),
        wish,
        (...given) => {
          const [kind, attempt, random, seconds] = given;

          const delay = delaySeconds(refusal(kind, seconds), attempt, random);

          expect(Number.isInteger(delay) && delay >= 1 && delay <= 900).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(Math.min(900, seconds ?? 0));
        },
      ),
    );
  });
});
