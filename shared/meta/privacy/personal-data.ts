import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { normaliseMatchKey } from '../user-data/match-keys.ts';
import {
  decodings,
  type Finds,
  findPersonalData,
  isNamedPersonalData,
  isTellingName,
  mayBeUrl,
  mayHoldInUrl,
  mayHoldPersonalData,
  mayHoldSigns,
  nameHandedDown,
  urlForms,
} from './find-personal-data.ts';
import { longestName, longestSearched, type SearchAllowance, searchAllowance } from './search-allowance.ts';

export { mayHoldPersonalData };

/** Policy for an email address or phone number found where Meta forbids them: outside `user_data`. */
export type PersonalDataPolicy = 'remove' | 'hash' | 'send';

/** The policy with what it needs: a hash function stands for `hash`. */
export type Guard = 'remove' | 'send' | Sha256;

/** A copy of `value` without personal data. Returns the same value when nothing was changed. */
export interface Guarded<Value> {
  readonly value: Value;
  /** Email addresses and phone numbers that were taken out or replaced. */
  readonly found: number;
  /** Texts that were cut or left out, since they are too long, or too many, to be searched; undefined for none. */
  readonly unsearched?: number;
}

interface Search {
  readonly guard: Guard;
  readonly allowance: SearchAllowance;
  found: number;
  unsearched: number;
}

const startSearch = (guard: Guard, allowance: SearchAllowance): Search => ({
  guard,
  allowance,
  found: 0,
  unsearched: 0,
});

const unchanged = <Value>(value: Value): Guarded<Value> => ({ value, found: 0 });

const outcome = <Value>(given: Value, value: Value, { found, unsearched }: Search): Guarded<Value> => {
  if (unsearched > 0) return { value, found, unsearched };
  return found === 0 ? unchanged(given) : { value, found };
};

const urlForm = /^[a-z][a-z\d+.-]*:\/\/\S+$/i;

/**
 * Takes email addresses and phone numbers out of custom data, at any depth, names of members included. A text that is
 * nothing but one goes with its member; within a longer text it is replaced. A list item that loses its `id` goes whole.
 *
 * @param allowance of the event; what it does not reach for is left out
 * @param namesAreOurs no sender chose the names of the members: they need not be looked at
 */
export function guardCustomData(
  data: JsonObject,
  guard: Guard,
  namesAreOurs = false,
  allowance: SearchAllowance = searchAllowance(),
): Guarded<JsonObject> {
  if (guard === 'send' || !mayHoldAnywhere(data, namesAreOurs)) return unchanged(data);
  const search = startSearch(guard, allowance);
  return outcome(data, guardMembers(data, search), search);
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
const stepsOfMember = 15;

/** @param holder what the names around these members say of them */
function guardMembers(data: JsonObject, search: Search, holder = ''): JsonObject {
  let changed: Change[] | undefined;
  for (const key in data) {
    search.allowance.left -= stepsOfMember;
    const inner = data[key];
    if (isSpent(search) || (key.length > longestName && isTellingName(key))) {
      search.unsearched++;
      changed ??= [];
      changed.push({ key, name: undefined, value: undefined });
      continue;
    }
    const name = isTellingName(key) ? guardMember('', key, search) : key;
    const value = guardValue(holder === '' ? key : `${holder}.${key}`, inner, search);
    if (name !== key || value !== inner) {
      const isCut = name === undefined || (search.guard === 'remove' && name !== key);
      changed ??= [];
      changed.push({ key, name: isCut ? undefined : name, value });
    }
  }
  return changed === undefined ? data : withChanges(data, changed);
}

/** Member that goes, without a name or value, or comes back as another one. */
interface Change {
  readonly key: string;
  readonly name: string | undefined;
  readonly value: unknown;
}

function withChanges(data: JsonObject, changed: readonly Change[]): JsonObject {
  const kept: Record<string, unknown> = {};
  let next = 0;
  for (const key in data) {
    const change = changed[next]?.key === key ? changed[next++] : undefined;
    const { name, value } = change ?? { name: key, value: data[key] };
    if (name === undefined || value === undefined) continue;
    // Assigning would follow a member of this name instead of storing it.
    if (name === '__proto__') Object.defineProperty(kept, name, { ...plainProperty, value });
    else kept[name] = value;
  }
  return kept;
}

const isSpent = ({ allowance }: Search): boolean => allowance.left <= 0;

function guardValue(name: string, value: unknown, search: Search): unknown {
  if (typeof value === 'string') return guardMember(name, value, search);
  if (Number.isInteger(value)) {
    const text = String(value);
    return isNamedPersonalData(name, text, search.allowance) ? guardMember(name, text, search) : value;
  }
  if (Array.isArray(value)) return guardItems(name, value, search);
  return isObject(value) ? guardMembers(value, search, nameHandedDown(name)) : value;
}

const isKept = (value: unknown): boolean => value !== undefined;

function guardItems(name: string, items: readonly unknown[], search: Search): readonly unknown[] {
  const guarded = items.map((item) => guardItem(name, item, search));
  return guarded.every((item, index) => item === items[index]) ? items : guarded.filter(isKept);
}

function guardItem(name: string, item: unknown, search: Search): unknown {
  search.allowance.left -= stepsOfMember;
  if (isSpent(search)) {
    search.unsearched++;
    return undefined;
  }
  const guarded = guardValue(name, item, search);
  const lostId = isObject(item) && Object.hasOwn(item, 'id') && isObject(guarded) && !Object.hasOwn(guarded, 'id');
  return lostId ? undefined : guarded;
}

function guardMember(name: string, given: string, search: Search): string | undefined {
  const text = given.length > longestSearched && mayHoldPersonalData(given) ? cut(given, search) : given;
  const isUrl = mayBeUrl(text) && urlForm.test(text);
  if (!isUrl && isNamedPersonalData(name, text, search.allowance)) {
    search.found++;
    return digestOf(text, search);
  }
  if (!isUrl && !mayHoldSigns(text)) return text;
  if (isSpent(search)) {
    search.unsearched++;
    return undefined;
  }
  const before = search.found;
  const value = isUrl ? guardUrlIn(text, search) : guardTextIn(text, search);
  return value === '' && search.found > before ? undefined : value;
}

/** End of a word or of a part of a URL, so that none is cut in two. */
const boundary = /[\s&?#/,;][^\s&?#/,;]*$/;
const longestRest = 300;

/** The beginning of a text that is too long to be searched. */
function cut(text: string, search: Search): string {
  search.unsearched++;
  const start = text.slice(0, longestSearched);
  const end = boundary.exec(start.slice(-longestRest))?.[0].length ?? 0;
  return start.slice(0, start.length - end);
}

const stepsOfDigest = 1_000;

/** The digest where the policy asks for one. Nothing where so many were found that there is no time to make it. */
function digestOf(text: string, { guard, allowance }: Search): string | undefined {
  if (typeof guard !== 'function' || allowance.left <= 0) return undefined;
  allowance.left -= stepsOfDigest;
  return personalDataDigest(text, guard);
}

/** The digest that the same email address or phone number has as a match key. */
export function personalDataDigest(raw: string, sha256: Sha256): string {
  const text = raw.trim().replace(/[＠﹫]/g, '@');
  const normal = normaliseMatchKey(text.includes('@') ? 'em' : 'ph', text);
  return sha256(normal ?? text.toLowerCase());
}

/** Replaces every find by nothing, or by its digest. */
function replaced({ form, spans }: Finds, search: Search): string {
  search.found += spans.length;
  let value = '';
  let past = 0;
  for (const { start, end } of spans) {
    search.allowance.left -= stepsOfMember;
    value += form.slice(past, start) + (digestOf(form.slice(start, end), search) ?? '');
    past = end;
  }
  value += form.slice(past);
  return search.guard === 'remove' ? value.trim() : value;
}

function guardTextIn(text: string, search: Search): string {
  const finds = findPersonalData(decodings(text, search.allowance), search.allowance);
  return finds.spans.length === 0 ? text : replaced(finds, search);
}

/** The same for a text that stands by itself, such as an id. */
export function guardText(text: string, guard: Guard, allowance: SearchAllowance = searchAllowance()): Guarded<string> {
  if (guard === 'send' || !mayHoldSigns(text)) return unchanged(text);
  const search = startSearch(guard, allowance);
  if (isSpent(search)) return { value: '', found: 0, unsearched: 1 };
  return outcome(text, guardTextIn(text.length > longestSearched ? cut(text, search) : text, search), search);
}

/**
 * The same for a URL. What holds personal data goes as a whole: a query parameter, a segment of the path (which becomes
 * `removed`), the fragment or one of its parameters, and the user before the host. Everything else stays byte for byte.
 */
export function guardUrl(url: string, guard: Guard, allowance: SearchAllowance = searchAllowance()): Guarded<string> {
  if (guard === 'send' || !mayHoldInUrl(url)) return unchanged(url);
  const search = startSearch(guard, allowance);
  if (isSpent(search)) return { value: '', found: 0, unsearched: 1 };
  return outcome(url, guardUrlIn(url.length > longestSearched ? cut(url, search) : url, search), search);
}

function guardUrlIn(url: string, search: Search): string {
  const [, path = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  return [
    guardPath(path, search),
    prefixed('?', query === undefined ? undefined : guardQuery(query, search)),
    prefixed('#', fragment === undefined ? undefined : guardFragment(fragment, search)),
  ].join('');
}

const prefixed = (mark: string, part: string | undefined): string => (part === undefined ? '' : `${mark}${part}`);

function guardPath(path: string, search: Search): string {
  if (!mayHoldSigns(path)) return path;
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

const stepsOfPart = 10;
const stepsOfParameter = 60;

function guardParameter(parameter: string, search: Search): string | undefined {
  const nameEnd = parameter.indexOf('=');
  if (nameEnd === -1) return guardPart(parameter, search);
  const { allowance } = search;
  allowance.left -= stepsOfPart + (parameter.length >> 2);
  if (!isSpent(search) && !mayHoldInUrl(parameter) && !parameter.includes('%')) return parameter;
  allowance.left -= stepsOfParameter;
  if (isSpent(search) || nameEnd > longestName) {
    search.unsearched++;
    return undefined;
  }
  const name = parameter.slice(0, nameEnd);
  const value = parameter.slice(nameEnd + 1);
  const names = decodings(name, allowance);
  if (findPersonalData(names, allowance).spans.length > 0) {
    search.found++;
    return undefined;
  }
  const texts = decodings(value, allowance);
  const text = texts.at(-1) ?? value;
  if (!isNamedPersonalData(names.at(-1) ?? name, text, allowance)) {
    return prefixedOrNothing(`${name}=`, guardPart(value, search));
  }
  search.found++;
  return prefixedOrNothing(`${name}=`, digestOf(text, search));
}

const prefixedOrNothing = (mark: string, part: string | undefined): string | undefined =>
  part === undefined ? undefined : `${mark}${part}`;

/** The part as it was; undefined, or with digests, where it holds personal data. */
function guardPart(part: string, search: Search): string | undefined {
  search.allowance.left -= stepsOfPart;
  if (isSpent(search)) {
    search.unsearched++;
    return undefined;
  }
  if (!mayHoldSigns(part)) return part;
  const finds = findPersonalData(urlForms(part, search.allowance), search.allowance);
  if (finds.spans.length === 0) return part;
  const value = replaced(finds, search);
  return typeof search.guard === 'function' ? encodeURIComponent(value.toWellFormed()) : undefined;
}
