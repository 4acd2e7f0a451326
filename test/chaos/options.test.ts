import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../commands/kit/read-command-line.ts';
import { execute } from '../commands/execute.ts';
import { chaos } from './chaos.ts';
import { withTimeout } from './options.ts';

const read = (...args: readonly string[]) =>
  withTimeout(readCommandLine(chaos, args).values as Parameters<typeof withTimeout>[0]);

describe('the options of chaos', () => {
  it('have defaults', () => {
    expect(read()).toMatchObject({ scenario: 'all', events: 2_000, seed: 1, outageSeconds: 20, leak: false });
  });

  it('are taken as they are given', () => {
    const args = '--scenario kill --events 500 --seed 9 --outage-seconds 3 --timeout 30 --leak'.split(' ');

    expect(read(...args)).toMatchObject({
      scenario: 'kill',
      events: 500,
      seed: 9,
      outageSeconds: 3,
      timeoutSeconds: 30,
      leak: true,
    });
  });

  it('give more events more time', () => {
    const few = read('--events', '1000').timeoutSeconds;
    const many = read('--events', '100000').timeoutSeconds;

    expect(many).toBeGreaterThan(few + 300);
  });

  it.each([
    [['--events', 'many'], '--events "many" is not a whole number'],
    [['--events', '1000001'], '--events "1000001"'],
    [['--scenario', 'flood'], '--scenario "flood" is not one of'],
    [['--timeout', '0'], '--timeout "0"'],
    [['--seed=-1'], '--seed "-1"'],
    [['--nothing'], 'there is no option --nothing'],
  ])('refuse %j', async (args, says) => {
    expect(await execute(chaos, args)).toMatchObject({ code: 2, err: expect.stringContaining(says) });
  });
});
