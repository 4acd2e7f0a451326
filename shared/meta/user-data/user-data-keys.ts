import { type Member, memberNamed } from '../../lib/json/json-members.ts';
import { hashed, plain } from './user-data-names.ts';

/** A key of Meta's `user_data`, with its bit in a set of keys. */
export interface Key {
  readonly member: Member;
  readonly bit: number;
}

const names: readonly string[] = [...[...hashed, ...plain].map(([name]) => name), 'fbc', 'fbp', 'client_ip_address'];

const bitOf = (name: string): number => 1 << names.indexOf(name);

export const keyOf = (name: string): Key => ({ member: memberNamed(name), bit: bitOf(name) });

/** Whether Meta takes an event that says nothing else about a person; what is weak is refused (subcode 2804050). */
export type Strength = 'nobody' | 'weak' | 'enough';

const setOf = (...keys: readonly string[]): number => keys.reduce((set, key) => set | bitOf(key), 0);

/** Sets of match keys that Meta refuses when an event has no other. @see https://developers.facebook.com/docs/marketing-api/conversions-api/best-practices */
const weakSets: readonly number[] = [
  setOf('ct', 'country', 'st', 'zp', 'ge', 'client_user_agent'),
  setOf('db', 'client_user_agent'),
  setOf('fn', 'ge'),
  setOf('ln', 'ge'),
];

/** @param keys a set of keys, a bit for each */
export function strengthOf(keys: number): Strength {
  if (keys === 0) return 'nobody';
  return weakSets.some((set) => (keys & ~set) === 0) ? 'weak' : 'enough';
}

export const strengthOfKeys = (keys: readonly string[]): Strength => strengthOf(setOf(...keys));
