import { describe, expect, it } from 'vitest';
import { describeResult, isAsExpected } from './describe-result.ts';
import type { ScenarioResult } from './run-scenario.ts';

const account = {
  destination: 'main',
  accepted: 10,
  deliveredOnce: 7,
  deliveredAgain: 1,
  extraArrivals: 2,
  skipped: 1,
  dead: { currency_invalid: 1 },
  waiting: 0,
  balance: 0,
};

const result: ScenarioResult = {
  ledger: { accounts: [account], rejected: 3, discrepancies: [] },
  faults: new Map([['outage', 4]]),
  graphRequests: 12,
  measured: [],
  unmet: [],
  seconds: 1.25,
};

const off = (count: number): ScenarioResult => ({
  ...result,
  ledger: {
    ...result.ledger,
    accounts: [{ ...account, balance: count }],
    discrepancies: Array.from({ length: count }, (_, index) => ({
      destination: 'main',
      id: `good-${index}`,
      problem: 'missing: not delivered',
    })),
  },
});

describe('describeResult', () => {
  it('prints every count of a balanced ledger', () => {
    expect(describeResult('a title', result).split('\n')).toEqual([
      'a title (1.3 s)',
      'destination main',
      '  accepted                 10',
      '  delivered once            7',
      '  delivered again           1  2 extra arrivals, deduplicated by event id',
      '  skipped                   1',
      '  dead                      1  currency_invalid',
      '  waiting                   0',
      '  balance                   0',
      '  rejected                  3  at the door, kept as dead letters',
      '  Graph requests           12',
      '  faults: outage 4',
      'BALANCED',
    ]);
    expect(isAsExpected(result)).toBe(true);
  });

  it('names the event that is missing', () => {
    const text = describeResult('a title', off(1));

    expect(text).toContain('  OFF: main good-0 missing: not delivered\n');
    expect(text).toMatch(/NOT BALANCED: off by 1$/);
    expect(isAsExpected(off(1))).toBe(false);
  });

  it('names no more than some of many', () => {
    const text = describeResult('a title', off(100));

    expect(text.match(/OFF: main/g)).toHaveLength(20);
    expect(text).toContain('and 80 more');
  });

  it('says when the balance is right and something else is not', () => {
    const slow = { ...result, unmet: ['30 requests to the Graph API, not at most 21'] };

    expect(describeResult('a title', slow)).toMatch(/NOT MET: 30 requests.*\nBALANCED, but not as expected$/);
    expect(isAsExpected(slow)).toBe(false);
  });
});
