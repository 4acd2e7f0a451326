import { describe, expect, it } from 'vitest';
import { median } from '../../bench/measure.ts';
import { partNames, readOptions } from '../../bench/options.ts';

describe('readOptions', () => {
  it.each<[string[], object]>([
    [[], { parts: partNames, rounds: 5, growth: false }],
    [
      ['--only', 'deliver', '--only', 'cost', '--rounds', '9'],
      { parts: ['deliver', 'cost'], rounds: 9, growth: false },
    ],
    [['--growth'], { parts: partNames, rounds: 5, growth: true }],
  ])('reads %j', (args, expected) => {
    expect(readOptions(args)).toEqual(expected);
  });

  it('leaves a call for help to the caller', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--only', 'nothing'], 'There is no part "nothing".'],
    [['--rounds', '0'], '--rounds takes a number from 1 to 99.'],
    [['--rounds', 'many'], '--rounds takes a number from 1 to 99.'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 10, 2, 1], 3],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});
