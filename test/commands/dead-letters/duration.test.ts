import { describe, expect, it } from 'vitest';
import { durationText, readDuration } from '../../../commands/dead-letters/duration.ts';

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['3h', 10_800_000],
    ['2d', 172_800_000],
    ['0s', 0],
    ['2', undefined],
    ['-2d', undefined],
    ['1.5h', undefined],
    ['2 d', undefined],
  ])('reads %s', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it.each([
    [-5_000, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [6_000_000, '1h'],
    [172_799_999, '1d'],
    [864_000_000, '10d'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
