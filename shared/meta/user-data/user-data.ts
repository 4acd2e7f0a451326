import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain } from '../../lib/json/json-text.ts';
import { hashAll, type Sha256 } from '../../lib/sha256/sha256.ts';
import {
  cookieLeftOut,
  matchKeyLeftOut,
  personalDataRemoved,
  textTooLong,
  valuesLeftOut,
  type Warning,
} from '../event/warning.ts';
import { type Guard, guardText } from '../privacy/personal-data.ts';
import { clickId, clickInUrl, type IdReading, namesClick, readBrowserId, readClickId } from './click-id.ts';
import { splitFullName } from './full-name.ts';
import { hashedRows, placeOf, plainRows, type UserDataName } from './match-key-table.ts';
import { countryCode, matchKeyPreparer, type PreparedMatchKey, type PrepareMatchKey } from './match-keys.ts';
import { publicIpAddress } from './normalisers/ip-address.ts';
import type { SearchAllowance } from '../privacy/search-allowance.ts';
import { isNobodysId } from './normalisers/nobody.ts';
import { segmentId } from './segment-click-id.ts';
import { segmentFallback } from './segment-fallback.ts';
import { type Key, keyOf, type Strength, strengthOf, strengthOfKeys } from './user-data-keys.ts';

export interface UserDataOptions {
  /** When the event happened: the time in a click id that is made from `fbclid`. */
  readonly occurredAt: Date;
  readonly now: Date;
  /**
   * Keep what Segment's destination keeps: words that mean nobody in a name or id, click ids of any form, and where no key
   * could be normalised the values as Segment cleans them.
   */
  readonly asSegment: boolean;
  readonly sha256: Sha256;
  /** For email addresses and phone numbers in the keys that are not hashed; without it they are sent. */
  readonly personalData?: Guard;
  /** Allowance that is left for the search; as much as for a whole event where left out. */
  readonly allowance?: SearchAllowance;
}

/** Of each of the `userDataNames` what a mapping gave, undefined for nothing. */
export type UserDataValues = readonly unknown[];

export interface WrittenUserData {
  /** Meta's `user_data`. */
  readonly json: string;
  readonly strength: Strength;
}

/** Text written so far, and the set of its keys. */
interface Draft {
  readonly writer: ObjectWriter;
  keys: number;
}

/** @param value as JSON */
function write(draft: Draft, { member, bit }: Key, value: string): void {
  draft.writer.value(member, value);
  draft.keys |= bit;
}

/** @param text that JSON writes as it is */
function writeText(draft: Draft, { member, bit }: Key, text: string): void {
  draft.writer.text(member, text);
  draft.keys |= bit;
}

/**
 * Writes Meta's `user_data`: each match key normalised, then hashed. A value that cannot be normalised is left out and
 * named in the warnings; the event goes on without it.
 */
export function writeUserData(given: UserDataValues, options: UserDataOptions, warnings: Warning[]): WrittenUserData {
  const values = typeof given[placeOf.fullName] === 'string' ? withNames(given, warnings) : given;
  const draft: Draft = { writer: new ObjectWriter(), keys: 0 };
  writeDigests(draft, values, options, warnings);
  for (const { key, name, place, isNobody } of plainKeys) {
    const value = values[place];
    if (value === undefined || value === '') continue;
    if (value === 0 || (typeof value === 'string' && isNobody(value))) {
      warnings.push(matchKeyLeftOut(`user_data.${name}`, name, 'nobody'));
    } else writePlain(draft, key, name, value, options, warnings);
  }
  writeClickIds(draft, values, options, warnings);
  if (options.asSegment && draft.keys === 0) return fallback(values, options.sha256);
  writeIpAddress(draft, values[placeOf.client_ip_address], warnings);
  return { json: draft.writer.finish(), strength: strengthOf(draft.keys) };
}

interface HashedKey {
  readonly key: Key;
  /** External ids are always a list, as Segment sends them; of the other keys only several values are. */
  readonly isList: boolean;
  readonly sources: readonly { readonly name: string; readonly place: number }[];
  readonly prepare: PrepareMatchKey;
}

/** Keys compiled for a hash function: with it goes the memory of digests. */
const compiledKeys = new WeakMap<Sha256, readonly HashedKey[]>();

function hashedKeysWith(sha256: Sha256): readonly HashedKey[] {
  let keys = compiledKeys.get(sha256);
  if (keys === undefined) {
    keys = hashedRows.map(({ key, names, rule }) => ({
      key: keyOf(key),
      isList: rule.isList === true,
      sources: names.map((name) => ({ name, place: placeOf[name] })),
      prepare: matchKeyPreparer(key, sha256),
    }));
    compiledKeys.set(sha256, keys);
  }
  return keys;
}

/** The values of all keys are prepared first and hashed together, which takes less than one after the other. */
interface Prepared {
  readonly of: HashedKey[];
  /** Undefined for what is still to be hashed. */
  readonly digests: (string | undefined)[];
  readonly texts: string[];
}

function writeDigests(
  draft: Draft,
  values: UserDataValues,
  { sha256, now, asSegment }: UserDataOptions,
  warnings: Warning[],
): void {
  const home = values[placeOf.country];
  const country = typeof home === 'string' ? countryCode(home) : undefined;
  const context = { country, now, keepsNobody: asSegment };
  const prepared: Prepared = { of: [], digests: [], texts: [] };
  for (const hashedKey of hashedKeysWith(sha256)) {
    for (const { name, place } of hashedKey.sources) {
      const raw = values[place];
      if (raw === undefined || raw === '') continue;
      if (!Array.isArray(raw)) add(prepared, hashedKey, name, hashedKey.prepare(raw, context), warnings);
      else {
        if (raw.length > mostValues) warnings.push(valuesLeftOut(`user_data.${name}`, mostValues, name));
        for (const value of raw.length > mostValues ? raw.slice(0, mostValues) : raw) {
          if (value !== '') add(prepared, hashedKey, name, hashedKey.prepare(value, context), warnings);
        }
      }
    }
  }
  writePrepared(draft, prepared, hashAll(prepared.texts, sha256));
}

/** More values of one match key than a person has; bounds what one event may cost. */
const mostValues = 20;

function add(
  { of, digests, texts }: Prepared,
  hashedKey: HashedKey,
  name: string,
  outcome: PreparedMatchKey,
  warnings: Warning[],
): void {
  if (typeof outcome === 'string') {
    texts.push(outcome);
    digests.push(undefined);
  } else if (outcome.dropped !== undefined) {
    warnings.push(matchKeyLeftOut(`user_data.${name}`, name, outcome.dropped));
    return;
  } else {
    if (outcome.warning !== undefined) {
      warnings.push({
        code: outcome.warning,
        path: `user_data.${name}`,
        message: fill(warningRows[outcome.warning], { name }),
      });
    }
    digests.push(outcome.digest);
  }
  of.push(hashedKey);
}

/** Each digest of a key once. */
function writePrepared(draft: Draft, { of, digests }: Prepared, hashes: readonly string[]): void {
  let hash = 0;
  for (let index = 0; index < of.length; ) {
    const hashedKey = of[index] as HashedKey;
    const first = digests[index++] ?? (hashes[hash++] as string);
    const { key, isList } = hashedKey;
    if (!isList && of[index] !== hashedKey) {
      writeText(draft, key, first);
      continue;
    }
    let list = `"${first}"`;
    const several = [first];
    for (; of[index] === hashedKey; index++) {
      const digest = digests[index] ?? (hashes[hash++] as string);
      if (several.includes(digest)) continue;
      several.push(digest);
      list += `,"${digest}"`;
    }
    write(draft, key, isList || several.length > 1 ? `[${list}]` : list);
  }
}

const plainKeys = plainRows.map(({ key, name, isNobody }) => ({
  key: keyOf(key),
  name,
  place: placeOf[name],
  isNobody,
}));

/** An address has a key of its own: in one that is not hashed it is out of place. */
function writePlain(
  draft: Draft,
  key: Key,
  name: string,
  value: unknown,
  { personalData = 'send', allowance }: UserDataOptions,
  warnings: Warning[],
): void {
  if (typeof value !== 'string') {
    write(draft, key, JSON.stringify(value));
    return;
  }
  if (isPlain(value)) {
    writeText(draft, key, value);
    return;
  }
  const { value: text, found, unsearched = 0 } = guardText(value, personalData, allowance);
  if (unsearched > 0) {
    warnings.push(textTooLong(`user_data.${name}`, name));
    if (name !== 'client_user_agent' || text === '') return;
  }
  if (found > 0) {
    warnings.push(personalDataRemoved(`user_data.${name}`, name));
    if (name !== 'client_user_agent' || text === '') return;
  }
  write(draft, key, JSON.stringify(text));
}

function withNames(values: UserDataValues, warnings: Warning[]): UserDataValues {
  if (values[placeOf.firstName] || values[placeOf.lastName]) return values;
  const fullName = String(values[placeOf.fullName]);
  const parts = splitFullName(fullName);
  if (parts !== undefined) return values.with(placeOf.firstName, parts.first).with(placeOf.lastName, parts.last);
  if (fullName.trim() !== '') warnings.push(matchKeyLeftOut('user_data.fullName', 'fullName', 'not_name'));
  return values;
}

const [fbcKey, fbpKey, ipAddressKey] = [keyOf('fbc'), keyOf('fbp'), keyOf('client_ip_address')];

function writeClickIds(draft: Draft, values: UserDataValues, options: UserDataOptions, warnings: Warning[]): void {
  const { occurredAt, asSegment } = options;
  if (asSegment) {
    const fbc = segmentId('fbc', values[placeOf.fbc], occurredAt, warnings) ?? pageClick(values, occurredAt, warnings);
    if (fbc !== undefined) writeSegmentId(draft, fbcKey, 'fbc', fbc, options, warnings);
    const fbp = segmentId('fbp', values[placeOf.fbp], occurredAt, warnings);
    if (fbp !== undefined) writeSegmentId(draft, fbpKey, 'fbp', fbp, options, warnings);
    return;
  }
  // What is well formed needs no escape, and holds no personal data.
  const fbc = clickOf(values, occurredAt, warnings);
  if (fbc !== undefined) writeText(draft, fbcKey, fbc);
  const fbp = idOf('fbp', readBrowserId(values[placeOf.fbp]), warnings);
  if (fbp !== undefined) writeText(draft, fbpKey, fbp);
}

function writeSegmentId(
  draft: Draft,
  key: Key,
  name: 'fbc' | 'fbp',
  id: string,
  options: UserDataOptions,
  warnings: Warning[],
): void {
  if (isNobodysId(id)) warnings.push(matchKeyLeftOut(`user_data.${name}`, name, 'nobody'));
  else writePlain(draft, key, name, id, options, warnings);
}

/** Fields in which `fbclid` is looked for, the newest click first. */
const clickSources = ['clickUrl', 'clickSearch', 'clickReferrer'] as const satisfies readonly UserDataName[];

/** The newest click: that of the page, where it is another one than the event's own. */
function clickOf(values: UserDataValues, occurredAt: Date, warnings: Warning[]): string | undefined {
  const own = readClickId(values[placeOf.fbc], occurredAt);
  if (own?.fbclid !== undefined && namesClick(values[placeOf.clickUrl], own.fbclid)) return idOf('fbc', own, warnings);
  const fbclid = clickOfPage(values, warnings);
  if (fbclid === undefined || fbclid === own?.fbclid) return idOf('fbc', own, warnings);
  // Where the page's click is the newer one, the cookie that follows it would be days old: this one is of another tab.
  if (own?.id !== undefined && isRecent(own.id, occurredAt)) return own.id;
  // A newer click takes the place of an older one, but not unsaid of one that is damaged.
  if (own?.problem === 'malformed') idOf('fbc', own, warnings);
  return clickId(fbclid, occurredAt);
}

const recentMs = 60 * 60 * 1_000;

/** Whether a click was made within the hour before the event. */
const isRecent = (fbc: string, occurredAt: Date): boolean =>
  occurredAt.getTime() - Number(fbc.split('.', 3)[2]) < recentMs;

function pageClick(values: UserDataValues, occurredAt: Date, warnings: Warning[]): string | undefined {
  const fbclid = clickOfPage(values, warnings);
  return fbclid === undefined ? undefined : clickId(fbclid, occurredAt);
}

function clickOfPage(values: UserDataValues, warnings: Warning[]): string | undefined {
  for (const name of clickSources) {
    const click = clickInUrl(values[placeOf[name]]);
    if (click === undefined) continue;
    if ('fbclid' in click) return click.fbclid;
    warnings.push(cookieLeftOut(name, click.problem));
  }
  return undefined;
}

function idOf(name: 'fbc' | 'fbp', reading: IdReading | undefined, warnings: Warning[]): string | undefined {
  if (reading?.problem !== undefined) warnings.push(cookieLeftOut(name, reading.problem));
  return reading?.id;
}

function writeIpAddress(draft: Draft, raw: unknown, warnings: Warning[]): void {
  if (typeof raw !== 'string' || raw === '') return;
  const address = publicIpAddress(raw);
  if (address !== undefined) {
    writeText(draft, ipAddressKey, address);
    return;
  }
  const message = warningRows.ip_address_left_out;
  warnings.push({ code: 'ip_address_left_out', path: 'user_data.client_ip_address', message });
}

function fallback(values: UserDataValues, sha256: Sha256): WrittenUserData {
  const data = segmentFallback((name) => values[placeOf[name]], sha256);
  return { json: JSON.stringify(data), strength: strengthOfKeys(Object.keys(data)) };
}
