import { describe, expect, it } from 'vitest';
import { Evidence } from './evidence.ts';
import { judgeExpectations } from './expectations.ts';
import type { Scenario } from './scenario.ts';

const scenario = (expected: NonNullable<Scenario['expect']>): Scenario => ({
  title: '',
  perRequest: 1,
  mix: {},
  destinations: ['main'],
  steps: [],
  expect: expected,
});

/** Two events before the drain at 10,000 that took a second, two after it that took `laterMs`. */
function facts(laterMs: number) {
  const evidence = new Evidence(['main']);
  const acceptedAt = new Map([
    ['a', 1_000],
    ['b', 2_000],
    ['c', 20_000],
    ['d', 21_000],
  ]);
  for (const [id, at] of acceptedAt) evidence.arrived('main', [id], at + (at < 10_000 ? 1_000 : laterMs));
  return { evidence, acceptedAt, firstDrainAt: 10_000, graphRequests: 22 };
}

describe('judgeExpectations', () => {
  it.each([
    [22, []],
    [21, ['22 requests to the Graph API, not at most 21']],
  ])('holds the number of requests against %i', (mostGraphRequests, unmet) => {
    expect(judgeExpectations(scenario({ mostGraphRequests }), facts(1_000)).unmet).toEqual(unmet);
  });

  it.each([
    [1_200, []],
    [9_000, ['main was delayed']],
  ])('compares a delay of %i ms with the one before the fault', (laterMs, unmet) => {
    expect(judgeExpectations(scenario({ undelayed: 'main' }), facts(laterMs))).toEqual({
      measured: [`median delay of main: 1000 ms before the fault, ${laterMs} ms during it`],
      unmet,
    });
  });

  it('does not take a destination that got nothing for one that is not delayed', () => {
    const nothing = { ...facts(1_000), evidence: new Evidence(['main']) };

    expect(judgeExpectations(scenario({ undelayed: 'main' }), nothing).unmet).toEqual(['main was delayed']);
  });

  it('expects nothing of a scenario that says nothing', () => {
    expect(judgeExpectations(scenario({}), facts(1_000))).toEqual({ measured: [], unmet: [] });
  });
});
