import { describe, expect, it } from 'vitest';
import { graphVersionDaysLeft } from '../../../../shared/meta/graph/graph-versions.ts';

describe('graphVersionDaysLeft', () => {
  it.each([
    ['v25.0', '2026-11-22T00:00:00Z', 615],
    ['v21.0', '2027-01-20T00:00:00Z', 1],
    ['v21.0', '2027-01-20T12:00:00Z', 0],
    ['v21.0', '2027-01-21T12:00:00Z', -1],
    ['v10.0', '2025-05-16T00:00:00Z', -2],
    ['v26.0', '2026-11-22T00:00:00Z', undefined],
    ['v31.0', '2026-11-22T00:00:00Z', undefined],
  ])('%s at %s has %s days left', (version, now, days) => {
    expect(graphVersionDaysLeft(version, new Date(now))).toBe(days);
  });
});
