import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generalDateOfBirth,
  plainDateOfBirth,
} from '../../../../../shared/meta/user-data/normalisers/date-of-birth.ts';

describe('plainDateOfBirth', () => {
  it('fast equals general', () => {
    const text = fc.stringMatching(/^(18|19|20)\d\d-[01]\d-[0-3]\d(T\d\d:\d\d:\d\dZ|\d| .)?$/);
    const now = fc.constantFrom(undefined, new Date('2026-03-10T12:00:00.000Z'));
    let answered = 0;

    fc.assert(
      fc.property(text, now, (raw, now) => {
        const fast = plainDateOfBirth(raw, { now });
        if (fast === undefined) return;

        answered++;
        expect(generalDateOfBirth(raw, { now })).toBe(fast);
      }),
      { numRuns: 3_000, seed: 14 },
    );
    expect(answered).toBeGreaterThan(300);
  });
});
