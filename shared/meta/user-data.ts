import { isObject, type JsonObject } from '../segment/event.ts';
import { clickId, clickIdFromUrl, clickIdFromValue, isBrowserId, isClickId } from './click-id.ts';
import type { Digest, Sha256 } from './hash.ts';
import { lastResortUserData } from './last-resort.ts';
import { type MatchKey, matchKeyDigester, normaliseMatchKey } from './match-keys.ts';
import { publicIpAddress } from './normalisers/ip-address.ts';
import { type Guard, guardText } from './personal-data.ts';

/** Hashed match keys: Meta's name, and the mapping's names whose values it takes. */
export const hashed: readonly (readonly [MatchKey, readonly string[]])[] = [
  ['external_id', ['externalId']],
  ['em', ['email', 'emails']],
  ['ph', ['phone', 'phones']],
  ['ge', ['gender']],
  ['db', ['dateOfBirth']],
  ['ln', ['lastName']],
  ['fn', ['firstName']],
  ['ct', ['city']],
  ['st', ['state']],
  ['zp', ['zip']],
  ['country', ['country']],
];

/** Never hashed and sent as they are: Meta's name from the mapping's. */
export const plain: readonly (readonly [string, string])[] = [
  ['client_user_agent', 'client_user_agent'],
  ['subscription_id', 'subscriptionID'],
  ['lead_id', 'leadID'],
  ['fb_login_id', 'fbLoginID'],
  ['anon_id', 'anonId'],
  ['madid', 'madId'],
  ['partner_id', 'partner_id'],
  ['partner_name', 'partner_name'],
  ['ctwa_clid', 'ctwa_clid'],
  ['page_id', 'page_id'],
  ['page_scoped_user_id', 'page_scoped_user_id'],
  ['ig_account_id', 'ig_account_id'],
  ['ig_sid', 'ig_sid'],
  ['instagram_business_account_id', 'instagram_business_account_id'],
  ['whatsapp_business_account_id', 'whatsapp_business_account_id'],
];

export interface UserDataOptions {
  /** When the event happened: the time in a click id that is made from `fbclid`. */
  readonly occurredAt: Date;
  readonly now: Date;
  /** Rather send what could not be normalised than nothing at all. */
  readonly lastResort: boolean;
  readonly sha256: Sha256;
  /** For email addresses and phone numbers in the keys that are not hashed; without it they are sent. */
  readonly personalData?: Guard;
}

/**
 * Meta's `user_data` from a mapping's: each match key normalised, then hashed. A value that cannot be normalised is left
 * out and named in the warnings; the event goes on without it.
 */
export function userData(mapped: unknown, options: UserDataOptions, warnings: string[]): JsonObject {
  const fields = withNames(isObject(mapped) ? mapped : {});
  const data: Record<string, unknown> = {};
  const digest = matchKeyDigester(options.sha256);
  const country = typeof fields['country'] === 'string' ? normaliseMatchKey('country', fields['country']) : undefined;
  const context = { country, now: options.now };
  for (const [key, names] of hashed) {
    for (const name of names) {
      const raw = fields[name];
      if (raw === undefined || raw === '') continue;
      if (!Array.isArray(raw)) addDigest(data, key, digest(key, raw, context), name, warnings);
      else for (const value of raw) if (value !== '') addDigest(data, key, digest(key, value, context), name, warnings);
    }
  }
  for (const [key, name] of plain) {
    const value = fields[name];
    if (value === undefined || value === '') continue;
    data[key] = value;
    if (typeof value === 'string') guardMember(data, key, name, options, warnings);
  }
  addClickIds(data, fields, options.occurredAt, warnings);
  guardMember(data, 'fbc', 'fbc', options, warnings);
  guardMember(data, 'fbp', 'fbp', options, warnings);
  if (options.lastResort && Object.keys(data).length === 0) return lastResortUserData(fields, options.sha256);
  addIpAddress(data, fields['client_ip_address'], warnings);
  return data;
}

/** An address has a key of its own: in one that is not hashed it is out of place. */
function guardMember(
  data: Record<string, unknown>,
  key: string,
  name: string,
  { personalData = 'send' }: UserDataOptions,
  warnings: string[],
): void {
  const text = data[key];
  if (typeof text !== 'string') return;
  const { value, found } = guardText(text, personalData);
  if (found === 0) return;
  warnings.push(`${name}: personal data was taken out.`);
  if (key === 'client_user_agent' && value !== '') data[key] = value;
  else delete data[key];
}

function withNames(fields: JsonObject): JsonObject {
  const { fullName, firstName, lastName } = fields;
  if (typeof fullName !== 'string' || firstName || lastName) return fields;
  const [first = '', ...rest] = fullName.trim().split(/\s+/);
  return { ...fields, firstName: first, lastName: rest.join(' ') };
}

/** External ids are always a list, as Segment sends them; of the other keys only several values are. */
function addDigest(
  data: Record<string, unknown>,
  key: MatchKey,
  outcome: Digest,
  name: string,
  warnings: string[],
): void {
  if (outcome.dropped !== undefined) {
    warnings.push(`${name} was left out: ${outcome.dropped}.`);
    return;
  }
  const { digest, warning } = outcome;
  if (warning !== undefined) warnings.push(`${name}: ${warning}.`);
  const known = data[key] as string | readonly string[] | undefined;
  if (known === undefined) data[key] = key === 'external_id' ? [digest] : digest;
  else if (typeof known === 'string') data[key] = known === digest ? known : [known, digest];
  else if (!known.includes(digest)) data[key] = [...known, digest];
}

function addClickIds(data: Record<string, unknown>, fields: JsonObject, occurredAt: Date, warnings: string[]): void {
  const { fbp, clickUrl, clickReferrer } = fields;
  const fbc = isObject(fields['fbc']) ? clickIdFromValue(fields['fbc']) : fields['fbc'];
  if (isGoodId('fbc', fbc, isClickId, warnings)) data['fbc'] = fbc;
  else {
    const fbclid = clickIn(clickUrl) ?? clickIn(clickReferrer);
    if (fbclid !== undefined) data['fbc'] = clickId(fbclid, occurredAt);
  }
  if (isGoodId('fbp', fbp, isBrowserId, warnings)) data['fbp'] = fbp;
}

const clickIn = (url: unknown): string | undefined => (typeof url === 'string' ? clickIdFromUrl(url) : undefined);

/**
 * What begins as Meta's cookie does but is damaged is left out. Anything else a mapping names is sent as it is: no page
 * says that Meta refuses it.
 */
function isGoodId(name: string, value: unknown, isValid: (value: string) => boolean, warnings: string[]): boolean {
  if (typeof value !== 'string' || value === '') return false;
  if (isValid(value)) return true;
  const damaged = value.startsWith('fb.');
  warnings.push(
    damaged ? `${name} was left out: it is not well formed.` : `${name} does not look like the ${name} cookie.`,
  );
  return !damaged;
}

function addIpAddress(data: Record<string, unknown>, raw: unknown, warnings: string[]): void {
  if (typeof raw !== 'string' || raw === '') return;
  const address = publicIpAddress(raw);
  if (address === undefined) warnings.push('client_ip_address was left out: it is not a public address.');
  else data['client_ip_address'] = address;
}

/** Sets of match keys that Meta refuses when an event has no other. @see https://developers.facebook.com/docs/marketing-api/conversions-api/best-practices */
const weakSets: readonly ReadonlySet<string>[] = [
  new Set(['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent']),
  new Set(['db', 'client_user_agent']),
  new Set(['fn', 'ge']),
  new Set(['ln', 'ge']),
];

export const isWeak = (data: JsonObject): boolean => {
  const keys = Object.keys(data);
  return weakSets.some((set) => keys.every((key) => set.has(key)));
};
