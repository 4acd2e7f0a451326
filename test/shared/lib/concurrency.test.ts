import { describe, expect, it } from 'vitest';
import { mapConcurrently } from '../../../shared/lib/concurrency.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('mapConcurrently', () => {
  it('keeps the results in the order of the items, whichever ends first', async () => {
    const results = await mapConcurrently([3, 1, 2], 3, async (turns) => {
      for (let left = turns; left > 0; left--) await turn();
      return turns * 10;
    });

    expect(results).toEqual([30, 10, 20]);
  });

  it.each([
    [1, 1],
    [4, 4],
    [100, 9],
  ])('with a limit of %i runs %i of nine at a time', async (limit, expected) => {
    let running = 0;
    let most = 0;

    await mapConcurrently(Array.from({ length: 9 }), limit, async () => {
      most = Math.max(most, ++running);
      await turn();
      running -= 1;
    });

    expect(most).toBe(expected);
  });

  it('does every item once', async () => {
    const done: number[] = [];

    await mapConcurrently([1, 2, 3, 4, 5], 2, async (each) => {
      await turn();
      done.push(each);
    });

    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('does nothing for no items', async () => {
    expect(await mapConcurrently([], 3, () => Promise.reject(new Error('never')))).toEqual([]);
  });

  it('fails when one item fails', async () => {
    const run = mapConcurrently([1, 2, 3], 2, async (each) => {
      if (each === 2) throw new Error('no');
    });

    await expect(run).rejects.toThrow('no');
  });
});
