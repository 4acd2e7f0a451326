import { describe, expect, it } from 'vitest';
import { graphVersionDaysLeft, versionPicker } from '../../../../shared/meta/graph/graph-versions.ts';

describe('graphVersionDaysLeft', () => {
  it.each([
    // The Marketing API's schedule ends it first.
    ['v25.0', '2026-10-20T00:00:00Z', 7],
    ['v24.0', '2026-10-05T00:00:00Z', 1],
    ['v24.0', '2026-10-05T12:00:00Z', 0],
    ['v24.0', '2026-10-06T12:00:00Z', -1],
    // No version outlives a newer one.
    ['v22.0', '2026-10-05T00:00:00Z', 1],
    ['v20.0', '2026-09-23T00:00:00Z', 1],
    ['v10.0', '2025-05-16T00:00:00Z', -2],
    ['v26.0', '2026-11-22T00:00:00Z', undefined],
    ['v31.0', '2026-11-22T00:00:00Z', undefined],
  ])('%s at %s has %s days left', (version, now, days) => {
    expect(graphVersionDaysLeft(version, new Date(now))).toBe(days);
  });
});

describe('versionPicker', () => {
  const count = (percent: number, requests: number): Record<string, number> => {
    const pick = versionPicker({ graphVersion: 'v26.0', nextGraphVersion: { version: 'v27.0', percent } });
    const picked = Array.from({ length: requests }, pick);
    return Object.fromEntries(
      Map.groupBy(picked, (version) => version)
        .entries()
        .map(([v, all]) => [v, all.length]),
    );
  };

  it.each([
    [1, 1_000, 10],
    [5, 1_000, 50],
    [33, 100, 33],
    [50, 10, 5],
  ])('sends %i per cent of %i requests with the next version', (percent, requests, next) => {
    expect(count(percent, requests)).toEqual({ 'v26.0': requests - next, 'v27.0': next });
  });

  it('sends all with the one version where no other is tried out', () => {
    const pick = versionPicker({ graphVersion: 'v26.0' });

    expect(new Set(Array.from({ length: 200 }, pick))).toEqual(new Set(['v26.0']));
  });
});
