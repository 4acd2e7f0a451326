import * as z from 'zod';
import { type MatchKeyRow, matchKeyTable } from '../../shared/meta/user-data/match-key-table.ts';

const isText = ({ from }: MatchKeyRow): boolean =>
  Object.values(from).every(({ type }) => type !== 'integer' && type !== 'leadId');
const keysOf = (isMeant: (row: MatchKeyRow) => boolean): string[] =>
  (matchKeyTable as readonly MatchKeyRow[]).filter(isMeant).map(({ key }) => key);

/** Hashed or not, as the sender likes. */
const freeKeys: readonly string[] = ['external_id'];

/** Members of Meta's that the pipeline never sends, and its SDKs do. */
const otherHashedKeys = ['f5first', 'f5last', 'fi', 'dobd', 'dobm', 'doby', 'app_user_id'];

/** Meta wants these as SHA-256 digests. @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/customer-information-parameters */
const hashedKeys = [
  ...keysOf(({ key, hashed }) => hashed !== undefined && !freeKeys.includes(key)),
  ...otherHashedKeys,
];
const plainKeys = keysOf((row) => row.hashed === undefined && isText(row));
const idKeys = keysOf((row) => row.hashed === undefined && !isText(row));

const each = <Type extends z.ZodType>(keys: readonly string[], type: Type) =>
  Object.fromEntries(keys.map((key) => [key, type.nullish()]));

/** Types of the members. A list is allowed only where digests are. */
export const UserData = z.looseObject({
  ...each([...hashedKeys, ...freeKeys], z.union([z.string(), z.array(z.string())])),
  ...each(plainKeys, z.string()),
  ...each(idKeys, z.union([z.string(), z.int()])),
});
export type UserData = Readonly<Record<string, unknown>>;

const known: ReadonlySet<string> = new Set([...hashedKeys, ...plainKeys, ...freeKeys, ...idKeys]);
const hashed: ReadonlySet<string> = new Set(hashedKeys);

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Values of one key without the empty ones, which count for nothing. */
export const valuesOf = (userData: UserData, key: string): readonly unknown[] =>
  [userData[key]].flat().filter((value) => !isEmpty(value));

const has = (userData: UserData, key: string): boolean => {
  const value = userData[key];
  return Array.isArray(value) ? !value.every(isEmpty) : !isEmpty(value);
};

const digest = /^[0-9a-f]{32}$|^[0-9a-f]{64}(\.([\w-]{8}|A[Qgw]|B[AQg]))?$/;

/** A SHA-256 digest in lower-case hex, also with the appendix of Meta's own libraries, or an MD5 digest, which they let pass. */
const isDigest = (value: unknown): boolean => typeof value === 'string' && digest.test(value);

/** Whether every value that must be a digest is one. Looks only at what is there: a request has a thousand of these. */
export const isHashed = (userData: UserData): boolean =>
  Object.keys(userData).every((key) => !hashed.has(key) || valuesOf(userData, key).every(isDigest));

/** Keys too broad to find a person by, however many of one line there are. @see https://developers.facebook.com/docs/marketing-api/conversions-api/best-practices */
const broadSets: readonly ReadonlySet<string>[] = [
  new Set(['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent']),
  new Set(['db', 'client_user_agent']),
  new Set(['fn', 'ge']),
  new Set(['ln', 'ge']),
];

/** Whether the keys are no more than a part of one broad set. */
export function isTooBroad(userData: UserData): boolean {
  const keys = Object.keys(userData).filter((key) => known.has(key) && has(userData, key));
  return broadSets.some((broad) => keys.every((key) => broad.has(key)));
}
