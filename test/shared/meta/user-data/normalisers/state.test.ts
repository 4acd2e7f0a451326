import { describe, expect, it } from 'vitest';
import { state } from '../../../../../shared/meta/user-data/normalisers/state.ts';
import { states } from '../../../../../shared/meta/user-data/normalisers/states.ts';

describe('state', () => {
  it.each([
    { home: 'us', table: states.us, count: 56 },
    { home: 'ca', table: states.ca, count: 13 },
  ])('knows the $count codes of $home under all their names', ({ home, table, count }) => {
    const rows = table.trim().split('\n');

    expect(rows).toHaveLength(count);
    for (const row of rows) {
      const code = row.slice(0, 2);
      for (const spelling of [code, `${home}-${code}`, ...row.slice(3).split(' | ')]) {
        expect([spelling, state(spelling, {})]).toEqual([spelling, code]);
      }
    }
  });

  it.each([
    ['us-ca', 'ca'],
    ['US–California', 'ca'],
    ['CA-QC', 'qc'],
    ['Québec', 'qc'],
    ['D.C.', 'dc'],
    ['Washington, D.C.', 'dc'],
    ['N. Dak.', 'nd'],
    ['CA-NY', 'cany'],
    ['US-Bayern', 'usbayern'],
    ['DE-BY', 'deby'],
    ['Île-de-France', 'îledefrance'],
    ['東京都', '東京都'],
  ])('reads %s as %s', (raw, normal) => {
    expect(state(raw, {})).toBe(normal);
  });

  it.each([
    { country: 'Uruguay', raw: 'Florida', normal: 'florida' },
    { country: 'us', raw: 'Florida', normal: 'fl' },
    { country: 'pr', raw: 'Puerto Rico', normal: 'pr' },
    { country: 'ca', raw: 'CA-ON', normal: 'on' },
    { country: 'us', raw: 'Ontario', normal: 'ontario' },
    { country: 'nowhere', raw: 'Ontario', normal: 'on' },
  ])('in $country reads $raw as $normal', ({ country, raw, normal }) => {
    expect(state(raw, { country })).toBe(normal);
  });

  it.each(['', '12', 'x', 'x1', '京', 'e\u0301', '❤️'])('refuses "%s"', (raw) => {
    expect(state(raw, {})).toBeUndefined();
  });
});
