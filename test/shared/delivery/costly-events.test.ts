import { expect, it } from 'vitest';
import { searchCostlyEvents } from '../../../bench/hostile/steps-of-events.ts';

/** Entries of functions and blocks. What stands for a step takes about a nanosecond. */
const mostSteps = 500_000;

// Nothing of shared/ may be loaded before: the search counts only what is compiled after it began.
it('plans whatever event of 64 KB in a bounded number of steps', { timeout: 600_000 }, async () => {
  const costs = await searchCostlyEvents({ seed: 12, rounds: 1, climbs: 8 });

  for (const [destination, { ordinary, worst }] of costs) {
    expect(ordinary, destination).toBeGreaterThan(100);
    expect(
      worst.filter(({ steps }) => steps > mostSteps),
      destination,
    ).toEqual([]);
  }
});
