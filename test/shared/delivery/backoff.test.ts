import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delaySeconds, longestHoldSeconds } from '../../../shared/delivery/backoff.ts';
import { type Failure, ownFailure } from '../../../shared/delivery/outcome.ts';

type Action = Failure['action'];

const failure = (action: Action, retryAfterSeconds?: number): Failure =>
  ownFailure('out_of_time', {
    action,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
const tries = (attempt: number, sinceSeconds = 0) => ({ attempt, sinceSeconds });
const almostOne = 1 - Number.EPSILON;

describe('delaySeconds', () => {
  it.each<[Action, number, number]>([
    ['retry', 1, 4],
    ['retry', 2, 8],
    ['retry', 5, 64],
    ['retry', 9, 900],
    ['retry', 10_000, 900],
    ['throttle', 1, 120],
    ['throttle', 3, 480],
    ['throttle', 4, 900],
  ])('spreads a %s at attempt %i over up to %i seconds', (action, attempt, longest) => {
    expect(delaySeconds(failure(action), tries(attempt), 0)).toBe(1);
    expect(delaySeconds(failure(action), tries(attempt), almostOne)).toBe(longest);
  });

  it.each([
    ['waits as long as Meta asks', 300, 300],
    ['rounds up to whole seconds', 120.2, 121],
    ['waits no longer than SQS can', 86_400, 900],
  ])('%s', (_, retryAfterSeconds, expected) => {
    expect(delaySeconds(failure('throttle', retryAfterSeconds), tries(1), 0)).toBe(expected);
  });

  it.each([
    [1, 302],
    [3, 308],
    [10, 900],
  ])('spreads what Meta asks for at attempt %i up to %i seconds', (attempt, longest) => {
    expect(delaySeconds(failure('throttle', 301), tries(attempt), almostOne)).toBe(longest);
  });

  it('never waits longer than it is told', () => {
    expect(delaySeconds(failure('retry'), tries(9), almostOne, 5)).toBe(5);
    expect(delaySeconds(failure('throttle', 300), tries(1), 0, 5)).toBe(5);
  });

  it('waits exactly until an event is due that was only deferred', () => {
    expect(delaySeconds(failure('defer', 42.5), tries(1), almostOne)).toBe(43);
  });

  it.each([
    ['at once', 0, 8, 15],
    ['after a minute', 60, 15, 30],
    ['after five minutes', 300, 75, 150],
    ['within the first hour', 3_599, 120, 240],
    ['after an hour', 3_600, 900, 900],
    ['after days', 500_000, 900, 900],
  ])('lets events of a held destination come back, %s', (_, since, least, most) => {
    expect(delaySeconds(failure('hold'), tries(1, since), 0)).toBe(least);
    expect(delaySeconds(failure('hold'), tries(1, since), almostOne)).toBe(most);
    expect(longestHoldSeconds(since)).toBeLessThanOrEqual(most);
  });

  it.each([
    ['at once', 0, 1, 2],
    ['after a minute', 60, 15, 30],
    ['after an hour', 3_600, 120, 240],
  ])('lets events that are not sent to a destination that is away come back, %s', (_, since, least, most) => {
    const unsent = { ...failure('retry'), unsent: true } as const;

    expect(delaySeconds(unsent, tries(0, since), 0)).toBe(least);
    expect(delaySeconds(unsent, tries(0, since), almostOne)).toBe(most);
  });

  it('is always a whole number that SQS takes', () => {
    const action = fc.constantFrom<Action>('retry', 'throttle', 'hold', 'reject');
    const wish = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(
        action,
        fc.integer({ min: 1 }),
        fc.double({ min: 0, max: almostOne, noNaN: true }),
        wish,
        (...given) => {
          const [kind, attempt, random, seconds] = given;

          const delay = delaySeconds(failure(kind, seconds), tries(attempt), random);

          expect(Number.isInteger(delay) && delay >= 1 && delay <= 900).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(Math.min(900, seconds ?? 0));
        },
      ),
    );
  });
});
