import { describe, expect, it } from 'vitest';
import { bench } from '../../bench/bench.ts';
import { median } from '../../bench/measure.ts';
import { partNames } from '../../bench/options.ts';
import { readCommandLine } from '../../commands/kit/read-command-line.ts';
import { execute } from '../commands/execute.ts';

const noPeers = { peers: false, hostile: false, rudderstack: undefined, write: false };

describe('the options of bench', () => {
  it.each<[string[], object]>([
    [[], { only: partNames, rounds: 5, growth: false, ...noPeers }],
    [
      ['--only', 'deliver', '--only', 'cost', '--rounds', '9'],
      { only: ['deliver', 'cost'], rounds: 9, growth: false, ...noPeers },
    ],
    [['--growth'], { only: partNames, rounds: 5, growth: true, ...noPeers }],
    [
      ['--peers', '--rudderstack', '../transformer', '--write'],
      {
        only: partNames,
        rounds: 5,
        growth: false,
        peers: true,
        hostile: false,
        rudderstack: '../transformer',
        write: true,
      },
    ],
  ])('are read from %j', (args, expected) => {
    expect(readCommandLine(bench, args).values).toEqual(expected);
  });

  it.each([
    [['--only', 'nothing'], '--only "nothing" is not one of'],
    [['--rounds', '0'], '--rounds "0" is not a whole number from 1 to 99'],
    [['--rounds', 'many'], '--rounds "many"'],
    [['--fast'], 'there is no option --fast'],
  ])('refuse %j', async (args, message) => {
    expect(await execute(bench, args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
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
