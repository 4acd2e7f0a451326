import { isObject, type JsonObject } from '../../segment/event.ts';
import {
  decodings,
  type Guard,
  type Guarded,
  isNamedPersonalData,
  isTellingName,
  mayHoldPersonalData,
  nameHandedDown,
  type PersonalDataPolicy,
  personalDataDigest,
  replacePersonalData,
} from './find-personal-data.ts';

export { type Guard, type Guarded, mayHoldPersonalData, type PersonalDataPolicy };

interface Search {
  readonly guard: Guard;
  found: number;
}

const urlForm = /^[a-z][a-z\d+.-]*:\/\/\S+$/i;

/**
 * Takes email addresses and phone numbers out of custom data, at any depth, names of members included. A text that is
 * nothing but one goes with its member; within a longer text it is replaced. A list item that loses its `id` goes whole.
 *
 * @param namesAreOurs no sender chose the names of the members: they need not be looked at
 */
export function guardCustomData(data: JsonObject, guard: Guard, namesAreOurs = false): Guarded<JsonObject> {
  if (guard === 'send' || !mayHoldAnywhere(data, namesAreOurs)) return { value: data, found: 0 };
  const search: Search = { guard, found: 0 };
  const value = guardMembers(data, search);
  return search.found === 0 ? { value: data, found: 0 } : { value, found: search.found };
}

/** A look at every member that allocates nothing: almost all events have nothing to guard. */
function mayHoldAnywhere(value: unknown, namesAreOurs: boolean): boolean {
  if (typeof value === 'string') return mayHoldPersonalData(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (mayHoldAnywhere(item, namesAreOurs)) return true;
    return false;
  }
  for (const key in value) {
    if (!namesAreOurs && isTellingName(key)) return true;
    if (mayHoldAnywhere((value as JsonObject)[key], namesAreOurs)) return true;
  }
  return false;
}

const plainProperty = { enumerable: true, writable: true, configurable: true };

/** @param holder what the names around these members say of them */
function guardMembers(data: JsonObject, search: Search, holder = ''): JsonObject {
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(data)) {
    const name = guardMember('', key, search);
    const value = guardValue(holder === '' ? key : `${holder}.${key}`, inner, search);
    const isCut = name === undefined || (search.guard === 'remove' && name !== key);
    if (!isCut && value !== undefined) Object.defineProperty(kept, name, { ...plainProperty, value });
  }
  return kept;
}

function guardValue(name: string, value: unknown, search: Search): unknown {
  if (typeof value === 'string') return guardMember(name, value, search);
  if (Number.isInteger(value)) {
    const text = String(value);
    return isNamedPersonalData(name, text) ? guardMember(name, text, search) : value;
  }
  if (Array.isArray(value)) return value.map((item) => guardItem(name, item, search)).filter(isKept);
  return isObject(value) ? guardMembers(value, search, nameHandedDown(name)) : value;
}

const isKept = (value: unknown): boolean => value !== undefined;

function guardItem(name: string, item: unknown, search: Search): unknown {
  const guarded = guardValue(name, item, search);
  const lostId = isObject(item) && Object.hasOwn(item, 'id') && isObject(guarded) && !Object.hasOwn(guarded, 'id');
  return lostId ? undefined : guarded;
}

function guardMember(name: string, text: string, search: Search): string | undefined {
  const isUrl = urlForm.test(text);
  if (!isUrl && isNamedPersonalData(name, text)) {
    search.found++;
    return typeof search.guard === 'function' ? personalDataDigest(text, search.guard) : undefined;
  }
  if (!mayHoldPersonalData(text)) return text;
  const { value, found } = isUrl ? guardUrl(text, search.guard) : replacePersonalData(text, search.guard);
  search.found += found;
  return value === '' && found > 0 ? undefined : value;
}

/** The same for a text that stands by itself, such as an id. */
export function guardText(text: string, guard: Guard): Guarded<string> {
  // Quicker than a regular expression, since nearly no text has any of them.
  const mayHold = text.includes('@') || text.includes('+') || text.includes('＋') || text.includes('%');
  return guard === 'send' || !mayHold ? { value: text, found: 0 } : replacePersonalData(text, guard);
}

/**
 * The same for a URL. What holds personal data goes as a whole: a query parameter, a segment of the path (which becomes
 * `removed`), the fragment or one of its parameters, and the user before the host. Everything else stays byte for byte.
 */
export function guardUrl(url: string, guard: Guard): Guarded<string> {
  if (guard === 'send' || !mayHoldPersonalData(url)) return { value: url, found: 0 };
  const [, path = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const search: Search = { guard, found: 0 };
  const value = [
    guardPath(path, search),
    prefixed('?', query === undefined ? undefined : guardQuery(query, search)),
    prefixed('#', fragment === undefined ? undefined : guardFragment(fragment, search)),
  ].join('');
  return search.found === 0 ? { value: url, found: 0 } : { value, found: search.found };
}

const prefixed = (mark: string, part: string | undefined): string => (part === undefined ? '' : `${mark}${part}`);

function guardPath(path: string, search: Search): string {
  const hostIndex = urlForm.test(path) ? 2 : -1;
  return path
    .split('/')
    .map((part, index) => guardPart(index === hostIndex ? withoutUser(part, search) : part, search) ?? 'removed')
    .join('/');
}

function withoutUser(host: string, search: Search): string {
  const end = host.lastIndexOf('@');
  if (end === -1) return host;
  search.found++;
  return host.slice(end + 1);
}

/** Routers in the browser write `#/thanks?a=1`, sign-ins come back with `#a=1&b=2`. */
function guardFragment(fragment: string, search: Search): string | undefined {
  if (!fragment.includes('=')) return guardPart(fragment, search);
  const [, route = '', query] = /^([^?]*)(?:\?(.*))?$/s.exec(fragment) ?? [];
  const kept = [
    guardQuery(route, search),
    prefixed('?', query === undefined ? undefined : guardQuery(query, search)),
  ].join('');
  return kept === '' ? undefined : kept;
}

function guardQuery(query: string, search: Search): string | undefined {
  const kept = query
    .split('&')
    .map((parameter) => guardParameter(parameter, search))
    .filter(isKept);
  return kept.length === 0 ? undefined : kept.join('&');
}

function guardParameter(parameter: string, search: Search): string | undefined {
  const nameEnd = parameter.indexOf('=');
  if (nameEnd === -1) return guardPart(parameter, search);
  const name = parameter.slice(0, nameEnd);
  const value = parameter.slice(nameEnd + 1);
  if (replaceInUrl(name, 'remove').found > 0) {
    search.found++;
    return undefined;
  }
  const text = decodings(value).at(-1) ?? value;
  if (!isNamedPersonalData(decodings(name).at(-1) ?? name, text)) {
    return prefixedOrNothing(`${name}=`, guardPart(value, search));
  }
  search.found++;
  return typeof search.guard === 'function' ? `${name}=${personalDataDigest(text, search.guard)}` : undefined;
}

const prefixedOrNothing = (mark: string, part: string | undefined): string | undefined =>
  part === undefined ? undefined : `${mark}${part}`;

/** The part as it was; undefined, or with digests, where it holds personal data. */
function guardPart(part: string, search: Search): string | undefined {
  const { value, found } = replaceInUrl(part, search.guard);
  if (found === 0) return part;
  search.found += found;
  return typeof search.guard === 'function' ? encodeURIComponent(value.toWellFormed()) : undefined;
}

/** A plus sign within a URL may belong to an address or begin a phone number; else it stands for a blank. */
function replaceInUrl(part: string, guard: Guard): Guarded<string> {
  const spaced = part.replaceAll(/\+(?![\d(])|(?<=[\w).-])\+/g, ' ');
  return replacePersonalData(part, guard, [...decodings(part), ...(spaced === part ? [] : decodings(spaced))]);
}
