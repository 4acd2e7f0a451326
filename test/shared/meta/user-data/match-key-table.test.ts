import { describe, expect, expectTypeOf, it } from 'vitest';
import { UserData } from '../../../../shared/meta/event/server-event.ts';
import { dropReasons } from '../../../../shared/reasons/drop-reasons.ts';
import {
  type AtMost31Rows,
  type MatchKey,
  type MatchKeyRow,
  matchKeyTable,
  placeOf,
  plainRows,
  userDataNames,
} from '../../../../shared/meta/user-data/match-key-table.ts';
import { keyOf } from '../../../../shared/meta/user-data/user-data-keys.ts';

const rows: readonly MatchKeyRow[] = matchKeyTable;

describe('the table of match keys', () => {
  it('compiles with no more rows than a set of keys has bits', () => {
    type Rows<Count extends number, Made extends MatchKeyRow[] = []> = Made['length'] extends Count
      ? Made
      : Rows<Count, [...Made, MatchKeyRow]>;

    expectTypeOf<Rows<31>>().toExtend<AtMost31Rows>();
    expectTypeOf<Rows<32>>().not.toExtend<AtMost31Rows>();
  });

  it('gives every key a bit of its own', () => {
    const bits = matchKeyTable.map(({ key }) => keyOf(key).bit);

    expect(new Set(bits).size).toBe(matchKeyTable.length);
    expect(bits.every((bit) => bit > 0)).toBe(true);
  });

  it('names every key and every member once', () => {
    const names = rows.flatMap(({ from, madeFrom }) => [...Object.keys(from), ...Object.keys(madeFrom ?? {})]);

    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(userDataNames).toEqual(names);
    expect(userDataNames.map((name) => placeOf[name])).toEqual(names.map((_, place) => place));
  });

  it('hashes what Meta wants hashed and nothing else', () => {
    expectTypeOf<MatchKey>().toEqualTypeOf<
      'external_id' | 'em' | 'ph' | 'ge' | 'db' | 'ln' | 'fn' | 'ct' | 'st' | 'zp' | 'country'
    >();
    expect(plainRows.map(({ key }) => key)).toEqual([
      'client_user_agent',
      'subscription_id',
      'lead_id',
      'fb_login_id',
      'anon_id',
      'madid',
      'partner_id',
      'partner_name',
      'ctwa_clid',
      'page_id',
      'page_scoped_user_id',
      'ig_account_id',
      'ig_sid',
      'instagram_business_account_id',
      'whatsapp_business_account_id',
    ]);
  });

  it('ranks each advised key once', () => {
    const ranks = rows.flatMap(({ advice }) => advice?.rank ?? []);

    expect(ranks.toSorted((a, b) => a - b)).toEqual(ranks.map((_, index) => index + 1));
  });

  it('has a reason for every hashed key, and bounds what its rule looks at', () => {
    for (const { hashed } of rows) {
      if (hashed === undefined) continue;
      expect(dropReasons).toHaveProperty(hashed.otherwise);
      expect(hashed.longest).toBeLessThanOrEqual(4_000);
    }
  });

  it('is the strict schema of user_data', () => {
    expect(Object.keys(UserData.shape)).toEqual(rows.map(({ key }) => key));
    expect(UserData.safeParse({ em: 'ann@example.com' }).success).toBe(false);
    expect(UserData.safeParse({ email: 'a'.repeat(64) }).success).toBe(false);
    expect(UserData.safeParse({ em: ['a'.repeat(64)], lead_id: 1, fbp: 'fb.1.1.1' }).success).toBe(true);
  });
});
