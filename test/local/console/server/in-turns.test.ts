import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inTurns } from '../../../../local/console/server/in-turns.ts';

/** Tasks that each take `ms` of a clock of their own. */
function slowTasks(count: number, ms: number) {
  const clock = { now: 0 };
  const done: number[] = [];
  const turns = inTurns(() => clock.now);
  for (let task = 0; task < count; task++) {
    turns.do(() => {
      clock.now += ms;
      done.push(task);
    });
  }
  return { turns, done };
}

describe('inTurns', () => {
  it('does nothing at once', () => {
    const { turns, done } = slowTasks(1, 1);

    expect(done).toEqual([]);
    expect(turns.isIdle).toBe(false);
  });

  it('lets the network have its turn after a few milliseconds', async () => {
    const { turns, done } = slowTasks(10, 2);

    await turn();
    expect(done).toEqual([0, 1]);
    while (!turns.isIdle) await turn();

    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('does what a task asks for after those that came before', async () => {
    const done: string[] = [];
    const turns = inTurns(() => 0);
    turns.do(() => {
      done.push('first');
      turns.do(() => done.push('third'));
    });
    turns.do(() => done.push('second'));

    while (!turns.isIdle) await turn();

    expect(done).toEqual(['first', 'second', 'third']);
  });
});
