import { type Member, memberNamed } from '../../lib/json/json-members.ts';
import { matchKeyTable, type UserDataKey } from './match-key-table.ts';

/** A key of Meta's `user_data`, with its bit in a set of keys. */
export interface Key {
  readonly member: Member;
  readonly bit: number;
}

// The table has no more rows than a number has bits: more do not compile.
const bits: ReadonlyMap<string, number> = new Map(matchKeyTable.map(({ key }, index) => [key, 1 << index]));

const bitOf = (name: string): number => bits.get(name) ?? 0;

export const keyOf = (name: UserDataKey): Key => ({ member: memberNamed(name), bit: bitOf(name) });

/** How much of a person an event tells: Meta refuses what is weak (subcode 2804050). */
export type Strength = 'nobody' | 'weak' | 'enough';

const setOf = (...keys: readonly string[]): number => keys.reduce((set, key) => set | bitOf(key), 0);

/** Sets of match keys that Meta refuses when an event has no other. @see https://developers.facebook.com/docs/marketing-api/conversions-api/best-practices */
const weakSets: readonly number[] = (
  [
    ['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent'],
    ['db', 'client_user_agent'],
    ['fn', 'ge'],
    ['ln', 'ge'],
  ] as const satisfies readonly (readonly UserDataKey[])[]
).map((keys) => setOf(...keys));

/** @param keys a set of keys, a bit for each */
export function strengthOf(keys: number): Strength {
  if (keys === 0) return 'nobody';
  return weakSets.some((set) => (keys & ~set) === 0) ? 'weak' : 'enough';
}

export const strengthOfKeys = (keys: readonly string[]): Strength => strengthOf(setOf(...keys));
