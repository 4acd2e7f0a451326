import { describe, expect, it } from 'vitest';
import { readUsage } from '../../../../shared/meta/graph/usage-headers.ts';

const usage = (headers: Record<string, unknown>) =>
  readUsage(
    new Headers(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  );

describe('readUsage', () => {
  it.each<[string, Record<string, unknown>, number, number]>([
    ['nothing', {}, 0, 0],
    ['an app', { 'X-App-Usage': { call_count: 28, total_time: 25, total_cputime: 40 } }, 40, 0],
    ['an ad account', { 'X-Ad-Account-Usage': { acc_id_util_pct: 9.67, ads_api_access_tier: 'x' } }, 9.67, 0],
    [
      'several business use cases',
      {
        'X-Business-Use-Case-Usage': {
          '1': [{ type: 'ads_management', call_count: 97, total_time: 3, estimated_time_to_regain_access: 4 }],
          '2': [{ type: 'custom_audience', call_count: 10, estimated_time_to_regain_access: 0 }],
        },
      },
      97,
      240,
    ],
    ['the fullest of all', { 'X-App-Usage': { call_count: 12 }, 'X-Ad-Account-Usage': { acc_id_util_pct: 80 } }, 80, 0],
    ['no JSON', { 'X-App-Usage': 'lots' }, 0, 0],
    ['an odd number', { 'X-App-Usage': { call_count: 'many', total_time: 7 } }, 7, 0],
  ])('reads %s', (_, headers, percent, regainSeconds) => {
    expect(usage(headers)).toEqual({ percent, regainSeconds });
  });
});
