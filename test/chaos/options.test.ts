import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  it('fills in what is left out', () => {
    expect(readOptions([])).toMatchObject({ scenario: 'all', events: 2_000, seed: 1, outageSeconds: 20, leak: false });
  });

  it('takes what is given', () => {
    const args = '--scenario kill --events 500 --seed 9 --outage-seconds 3 --timeout 30 --leak'.split(' ');

    expect(readOptions(args)).toEqual({
      scenario: 'kill',
      events: 500,
      seed: 9,
      outageSeconds: 3,
      timeoutSeconds: 30,
      leak: true,
    });
  });

  it('gives more events more time', () => {
    const few = readOptions(['--events', '1000'])?.timeoutSeconds ?? 0;
    const many = readOptions(['--events', '100000'])?.timeoutSeconds ?? 0;

    expect(many).toBeGreaterThan(few + 300);
  });

  it('gives nothing when help is asked for', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--events', 'many'], /--events/],
    [['--events', '1000001'], /--events/],
    [['--scenario', 'flood'], /--scenario/],
    [['--timeout', '0', '--seed=-1'], /--seed.*\n--timeout/],
    [['--nothing'], /--nothing/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
