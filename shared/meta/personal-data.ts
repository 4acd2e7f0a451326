import { isObject, type JsonObject } from '../segment/event.ts';
import { sha256Hex } from './hash.ts';

/** What happens to an email address or phone number found where Meta forbids them: outside `user_data`. */
export type PersonalDataPolicy = 'remove' | 'hash' | 'send';

// Bounded on both sides of the @, so that no text makes the search slow.
const email = /[^\s@<>"',;:()[\]\\/?&=#%]{1,64}@[^\s@<>"',;:()[\]\\/?&=#%]{1,190}\.[a-z]{2,24}/gi;
const phone = /(?<![\w+])\+\d[\d\s().-]{6,20}\d(?!\w)/g;
/** Members that say by their name what they hold. */
const emailName = /^e[-_ ]?mail/i;
const phoneName = /^(mobile[-_ ]?)?(phone|telephone|tel|mobile)([-_ ]?number)?$/i;

/** A copy of `value` without personal data, and how many finds there were. Returns the same value when there were none. */
export interface Guarded<Value> {
  readonly value: Value;
  readonly found: number;
}

/**
 * Takes email addresses and phone numbers out of custom data, at any depth. A text that is nothing but one goes with its
 * member; within a longer text it is replaced.
 */
export function guardCustomData(data: JsonObject, policy: PersonalDataPolicy): Guarded<JsonObject> {
  if (policy === 'send') return { value: data, found: 0 };
  const counter = { found: 0 };
  const value = guardMember('', data, policy, counter) as JsonObject;
  return counter.found === 0 ? { value: data, found: 0 } : { value, found: counter.found };
}

function guardMember(name: string, value: unknown, policy: PersonalDataPolicy, counter: { found: number }): unknown {
  if (typeof value === 'string' || typeof value === 'number') return guardText(name, value, policy, counter);
  if (Array.isArray(value)) {
    return value.map((item) => guardMember(name, item, policy, counter)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const guarded = guardMember(key, inner, policy, counter);
    if (guarded !== undefined) Object.defineProperty(kept, key, { ...plainProperty, value: guarded });
  }
  return kept;
}

const plainProperty = { enumerable: true, writable: true, configurable: true };

function guardText(
  name: string,
  value: string | number,
  policy: PersonalDataPolicy,
  counter: { found: number },
): unknown {
  const text = String(value);
  const named = (emailName.test(name) && text.includes('@')) || (phoneName.test(name) && digitsOf(text) >= 7);
  if (named) {
    counter.found++;
    return policy === 'hash' ? sha256Hex(normal(text)) : undefined;
  }
  if (typeof value === 'number') return value;
  const { value: replaced, found } = replaceIn(text, policy);
  counter.found += found;
  return replaced === '' && found > 0 ? undefined : replaced;
}

const digitsOf = (text: string): number => text.replace(/\D/g, '').length;
const normal = (text: string): string => (text.includes('@') ? text.trim().toLowerCase() : text.replace(/\D/g, ''));

function replaceIn(text: string, policy: PersonalDataPolicy): Guarded<string> {
  if (!text.includes('@') && !text.includes('+')) return { value: text, found: 0 };
  let found = 0;
  const replace = (match: string): string => {
    found++;
    return policy === 'hash' ? sha256Hex(normal(match)) : '';
  };
  const value = text.replace(email, replace).replace(phone, replace);
  return { value: found > 0 && policy === 'remove' ? value.trim() : value, found };
}

/**
 * The same for a URL: a query parameter that holds personal data goes as a whole, and so does the rest of a path or
 * fragment. Everything else stays byte for byte.
 */
export function guardUrl(url: string, policy: PersonalDataPolicy): Guarded<string> {
  if (policy === 'send' || !mayHold(url)) return { value: url, found: 0 };
  const [beforeFragment = '', ...fragments] = url.split('#');
  const [path = '', ...queries] = beforeFragment.split('?');
  let found = 0;
  const clean = (part: string): string | undefined => {
    const guarded = replaceIn(decoded(part), policy);
    if (guarded.found === 0) return part;
    found += guarded.found;
    return policy === 'hash' ? encodeURI(guarded.value) : undefined;
  };
  const keptPath = path
    .split('/')
    .map((segment, index) => (index < 3 && path.includes('://') ? withoutUser(segment) : (clean(segment) ?? 'removed')))
    .join('/');
  const keptQuery = queries
    .join('?')
    .split('&')
    .map(cleanParameter)
    .filter((parameter) => parameter !== undefined && parameter !== '');
  const fragment = fragments.length === 0 ? undefined : clean(fragments.join('#'));
  const value = [
    keptPath,
    keptQuery.length > 0 ? `?${keptQuery.join('&')}` : '',
    fragment === undefined ? '' : `#${fragment}`,
  ].join('');
  return found === 0 ? { value: url, found } : { value, found };

  function cleanParameter(parameter: string): string | undefined {
    const [name = '', ...values] = parameter.split('=');
    const text = decoded(values.join('=').replaceAll('+', ' '));
    const named = phoneName.test(decoded(name)) && digitsOf(text) >= 7;
    // A plus sign in a query is a blank, unless it begins a phone number.
    const guarded = named ? { value: sha256Hex(normal(text)), found: 1 } : replaceIn(decoded(values.join('=')), policy);
    if (guarded.found === 0) return parameter;
    found += guarded.found;
    return policy === 'hash' ? `${name}=${encodeURIComponent(guarded.value)}` : undefined;
  }

  function withoutUser(host: string): string {
    const at = host.lastIndexOf('@');
    if (at === -1) return host;
    found++;
    return host.slice(at + 1);
  }
}

const mayHold = (url: string): boolean => /[@+]|%40|%2b|phone|tel|mobile/i.test(url);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
