import { expect, it } from 'vitest';
import { searchCostlyEvents } from '../../../bench/hostile/steps-of-events.ts';

/** Entries of functions and blocks. What stands for a step takes about a nanosecond. */
const mostSteps = 400_000;
/** Of the explanation in the console, of which an ordinary event takes some 25,000. */
const mostStepsToExplain = 1_000_000;

// Nothing of shared/ may be loaded before: the search counts only what is compiled after it began.
it('plans and explains whatever event of 64 KB in a bounded number of steps', { timeout: 600_000 }, async () => {
  const costs = await searchCostlyEvents({ seed: 12, rounds: 1, climbs: 8 });

  for (const [destination, { ordinary, worst, explained }] of costs) {
    expect(ordinary, destination).toBeGreaterThan(100);
    expect(
      worst.filter(({ cost }) => cost > mostSteps),
      destination,
    ).toEqual([]);
    expect(
      explained.filter(({ cost }) => cost > mostStepsToExplain),
      destination,
    ).toEqual([]);
  }
});
