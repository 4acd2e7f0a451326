import { describe, expect, it } from 'vitest';
import { destinationsSubjects, mappingsSubjects, memoryPerMillion, productsSubjects } from '../../bench/growth.ts';
import { percentile } from '../../bench/local-pipeline.ts';

describe('growth', () => {
  it.each([
    [mappingsSubjects([1, 30]), ['1 mappings', '30 mappings']],
    [destinationsSubjects([1, 3]), ['1 destinations', '3 destinations']],
    [productsSubjects([1, 9]), ['1 products', '9 products']],
  ])('is held against the first of its kind, case %#', async (subjects, names) => {
    expect(subjects.map(({ name }) => name)).toEqual(names);
    expect(subjects.map(({ floor }) => floor)).toEqual([names[0], names[0]]);
    for (const { run } of subjects) await run();
  });

  it.each([
    ['flat', [100, 101, 100, 100, 101, 100], 0],
    ['rising by a MiB each hundred thousand events', [1, 2, 3, 4, 5, 6], 10],
  ])('of memory is told for a million events: %s', (_, memory, expected) => {
    const growth = memory.map((liveMiB, index) => ({ events: (index + 1) * 100_000, cpu: 20, rssMiB: 500, liveMiB }));

    expect(memoryPerMillion(growth)).toBeCloseTo(expected, 0);
  });
});

describe('a percentile', () => {
  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 99],
  ])('of %d of a hundred values is %d', (share, expected) => {
    const values = Array.from({ length: 100 }, (_, index) => 99 - index);

    expect(percentile(values, share)).toBe(expected);
  });
});
