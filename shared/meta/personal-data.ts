import { isObject, type JsonObject } from '../segment/event.ts';
import { existingDigest, sha256Hex } from './hash.ts';
import { normaliseMatchKey } from './match-keys.ts';

/** What happens to an email address or phone number found where Meta forbids them: outside `user_data`. */
export type PersonalDataPolicy = 'remove' | 'hash' | 'send';

// Both stand in texts as they are and percent-encoded, once or more often.
const at = '(?:@|%(?:25){0,3}40)';
const plus = '(?:[+＋]|%(?:25){0,3}2B)';
// Bounded on both sides of the @, so that no text makes the search slow.
const email = new RegExp(
  `(?:[^\\s@<>"',;:()[\\]\\\\/?&=#%]|(?<=\\p{L})'){1,64}${at}[^\\s@<>"',;:()[\\]\\\\/?&=#%]{1,190}\\.(?:xn--[a-z\\d-]{2,60}|[\\p{L}\\p{M}]{2,24})`,
  'giu',
);
const phone = new RegExp(
  `(?<![\\w+])${plus}\\(?\\p{Nd}[\\p{Nd}\\p{Pd}\\s()./]{5,24}\\p{Nd}(?:\\s*(?:x|ext\\.?)\\s*\\d{1,7})?(?![\\p{L}\\p{Nd}_])`,
  'giu',
);
const mayHold = /[@+＋]|%(?:25)*(?:40|2b)|%ef%bc%8b|phone|tel|mobile|msisdn/i;
const url = /^[a-z][a-z\d+.-]*:\/\/\S+$/i;

/** Members that say by their name what they hold. */
const emailName = /(?:^|[-_. ])e[-_ ]?mail/i;
const phoneName =
  /(?:^|[-_. ])(?:tele|mobile|cell|smart)?[-_ ]?(?:phone|mobile|tel|msisdn)s?(?:[-_ ]?(?:number|no|nr)s?)?[-_ ]?\d?$/i;
const fewestDigits = 7;

/** A copy of `value` without personal data, and how many finds there were. Returns the same value when there were none. */
export interface Guarded<Value> {
  readonly value: Value;
  readonly found: number;
}

interface Search {
  readonly policy: PersonalDataPolicy;
  found: number;
}

/**
 * Takes email addresses and phone numbers out of custom data, at any depth, names of members included. A text that is
 * nothing but one goes with its member; within a longer text it is replaced. A list item that loses its `id` goes whole.
 */
export function guardCustomData(data: JsonObject, policy: PersonalDataPolicy): Guarded<JsonObject> {
  if (policy === 'send') return { value: data, found: 0 };
  const search: Search = { policy, found: 0 };
  const value = guardMembers(data, search);
  return search.found === 0 ? { value: data, found: 0 } : { value, found: search.found };
}

function guardMembers(data: JsonObject, search: Search): JsonObject {
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(data)) {
    const name = guardText('', key, search);
    const value = guardValue(key, inner, search);
    const cut = name === undefined || (search.policy === 'remove' && name !== key);
    if (!cut && value !== undefined) Object.defineProperty(kept, name, { ...plainProperty, value });
  }
  return kept;
}

const plainProperty = { enumerable: true, writable: true, configurable: true };

function guardValue(name: string, value: unknown, search: Search): unknown {
  if (typeof value === 'string') return guardText(name, value, search);
  if (typeof value === 'number') return isNamed(name, String(value)) ? guardText(name, String(value), search) : value;
  if (Array.isArray(value)) return value.map((item) => guardItem(name, item, search)).filter(isKept);
  return isObject(value) ? guardMembers(value, search) : value;
}

const isKept = (value: unknown): boolean => value !== undefined;

function guardItem(name: string, item: unknown, search: Search): unknown {
  const guarded = guardValue(name, item, search);
  const lostId = isObject(item) && Object.hasOwn(item, 'id') && isObject(guarded) && !Object.hasOwn(guarded, 'id');
  return lostId ? undefined : guarded;
}

function guardText(name: string, text: string, search: Search): string | undefined {
  if (isNamed(name, text)) {
    search.found++;
    return search.policy === 'hash' ? digest(text) : undefined;
  }
  if (!mayHold.test(text)) return text;
  const { value, found } = url.test(text) ? guardUrl(text, search.policy) : replaceIn(text, search.policy);
  search.found += found;
  return value === '' && found > 0 ? undefined : value;
}

/** Whether a member's name and text together say that this is an email address or phone number, in whatever form. */
function isNamed(name: string, text: string): boolean {
  const words = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_');
  if (emailName.test(words) && text.includes('@') && !url.test(text)) return true;
  return phoneName.test(words) && hasPhoneDigits(text) && existingDigest(text.trim()) === undefined;
}

const hasPhoneDigits = (text: string): boolean => (text.match(/\p{Nd}/gu)?.length ?? 0) >= fewestDigits;

/** The digest that the same value has as a match key. */
function digest(found: string): string {
  const text = found.replaceAll(/%(?:25)*40/g, '@').replaceAll(/%(?:25)*2b/gi, '+').trim();
  const normal = normaliseMatchKey(text.includes('@') ? 'em' : 'ph', text);
  return sha256Hex(normal ?? text.toLowerCase());
}

function replaceIn(text: string, policy: PersonalDataPolicy): Guarded<string> {
  let found = 0;
  const replace = (match: string): string => {
    found++;
    return policy === 'hash' ? digest(match) : '';
  };
  const value = text
    .replace(email, replace)
    .replace(phone, (match) => (hasPhoneDigits(match) ? replace(match) : match));
  return { value: found > 0 && policy === 'remove' ? value.trim() : value, found };
}

/**
 * The same for a URL. What holds personal data goes as a whole: a query parameter, a segment of the path (which becomes
 * `removed`), the fragment, and the user before the host. Everything else stays byte for byte.
 */
export function guardUrl(address: string, policy: PersonalDataPolicy): Guarded<string> {
  if (policy === 'send' || !mayHold.test(address)) return { value: address, found: 0 };
  const [, path = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(address) ?? [];
  const search: Search = { policy, found: 0 };
  const clean = (part: string): string | undefined => cleanPart(part, search);
  const firstSegment = url.test(address) ? 3 : 0;
  const value = [
    path
      .split('/')
      .map((part, index) => clean(index < firstSegment ? withoutUser(part, search) : part) ?? 'removed')
      .join('/'),
    prefixed('?', keptParameters(query, search)),
    prefixed('#', fragment === undefined ? undefined : clean(fragment)),
  ].join('');
  return search.found === 0 ? { value: address, found: 0 } : { value, found: search.found };
}

const prefixed = (mark: string, part: string | undefined): string => (part === undefined ? '' : `${mark}${part}`);

function cleanPart(part: string, search: Search): string | undefined {
  const { value, found } = replaceIn(decoded(part), search.policy);
  if (found === 0) return part;
  search.found += found;
  return search.policy === 'hash' ? encodeURIComponent(value.toWellFormed()) : undefined;
}

function withoutUser(host: string, search: Search): string {
  const end = host.lastIndexOf('@');
  if (end === -1) return host;
  search.found++;
  return host.slice(end + 1);
}

function keptParameters(query: string | undefined, search: Search): string | undefined {
  const parameters = query?.split('&').map((parameter) => cleanParameter(parameter, search));
  const kept = parameters?.filter(isKept);
  return kept?.length === 0 ? undefined : kept?.join('&');
}

function cleanParameter(parameter: string, search: Search): string | undefined {
  const [name = '', ...values] = parameter.split('=');
  if (values.length === 0) return cleanPart(name, search);
  if (replaceIn(decoded(name), 'remove').found > 0) {
    search.found++;
    return undefined;
  }
  const raw = values.join('=');
  // A plus sign in a query is a blank, unless it begins a phone number or stands in an address.
  const text = decoded(raw);
  const spaced = decoded(raw.replaceAll('+', ' '));
  const guarded = isNamed(decoded(name), text)
    ? { value: digest(text), found: 1 }
    : [text, spaced].map((form) => replaceIn(form, search.policy)).find(({ found }) => found > 0);
  if (guarded === undefined) return parameter;
  search.found += guarded.found;
  return search.policy === 'hash' ? `${name}=${encodeURIComponent(guarded.value.toWellFormed())}` : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
