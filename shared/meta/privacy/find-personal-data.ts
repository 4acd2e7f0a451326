import { existingDigest } from '../user-data/hash.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { normaliseMatchKey } from '../user-data/match-keys.ts';
import { remember } from '../../lib/memoize.ts';

/** What happens to an email address or phone number found where Meta forbids them: outside `user_data`. */
export type PersonalDataPolicy = 'remove' | 'hash' | 'send';

/** The policy with what it needs: a hash function stands for `hash`. */
export type Guard = 'remove' | 'send' | Sha256;

/** A copy of `value` without personal data, and how many finds there were. Returns the same value when there were none. */
export interface Guarded<Value> {
  readonly value: Value;
  readonly found: number;
}

// Bounded on both sides of the @, so that no text makes the search slow.
const email =
  /(?:[^\s@<>"',;:()[\]\\/?&=#%]|(?<=\p{L})'){1,64}@[^\s@<>"',;:()[\]\\/?&=#%]{1,190}\.(?:xn--[a-z\d-]{2,60}|[\p{L}\p{M}]{2,24})/giu;
const phone =
  /(?<![\w+])[+＋]\(?\p{Nd}[\p{Nd}\p{Pd}\s()./]{5,24}\p{Nd}(?:\s*(?:x|ext\.?)\s*\d{1,7})?(?![\p{L}\p{Nd}_])/giu;
const fewestPhoneDigits = 7;

/** Members that say by their name what they hold. */
const emailName = /(?:^|[-_ ])e[-_ ]?mail/i;
const phoneName =
  /(?:^|[-_ ])(?:tele|mobile|cell|smart)?[-_ ]?(?:phone|mobile|tel|msisdn)s?(?:[-_ ]?(?:number|no|nr)s?)?[-_ ]?\d?$/i;

/** Whether a text can hold anything of the kind, whatever its member is called: a quick look before the search. */
export const mayHoldPersonalData = (text: string): boolean =>
  /[@+＋]|%(?:25)*(?:40|2b|ef)|phone|tel|mobile|msisdn/i.test(text);

/** Whether the name of a member alone is reason to look at it closely. */
export const isTellingName = remember((name): boolean => nameHandedDown(name) !== '' || mayHoldPersonalData(name));

/**
 * What a member's name says of everything within it, as a name to put before theirs: `email`, `phone`, both as
 * `email.phone`, or empty text.
 */
export function nameHandedDown(name: string): string {
  const parts = partsOf(name);
  const kinds = [parts.some(isEmailName) ? ['email'] : [], parts.some(isPhoneName) ? ['phone'] : []];
  return kinds.flat().join('.');
}

const isEmailName = (part: string): boolean => emailName.test(part);
const isPhoneName = (part: string): boolean => phoneName.test(part);

/** The steps of a name such as `user[phone][0]` or `user.phone`, in words, without places in a list. */
function partsOf(name: string): readonly string[] {
  const words = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_');
  return words.split(/[.[\]]+/).filter((part) => !/^\d*$/.test(part));
}

/**
 * Whether a member's name and its text together say that this is an email address or phone number, in whatever form.
 * Not everything within a `phone` is one: where only an earlier step of the name says so, the text must look like it.
 */
export function isNamedPersonalData(name: string, text: string): boolean {
  const parts = partsOf(name);
  const own = parts.at(-1) ?? '';
  if (isEmailName(own) && text.includes('@')) return true;
  if (isPhoneName(own) && hasPhoneDigits(text) && existingDigest(text.trim()) === undefined) return true;
  const holders = parts.slice(0, -1);
  if (holders.some(isEmailName) && bareEmail.test(text)) return true;
  return holders.some(isPhoneName) && !idName.test(own) && isBarePhone(text);
}

const idName = /(?:^|_)ids?$/i;
// The whole text: within a longer one, addresses and numbers with a + are found wherever they stand.
const bareEmail = /^\s*[^\s@]{1,64}@[^\s@]{1,190}\s*$/;
const barePhone =
  /^[^\p{L}\p{Nd}]{0,3}\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){6,14}(?:\s*(?:x|ext\.?)\s*\p{Nd}{1,7})?[^\p{L}\p{Nd}]{0,3}\p{L}{0,10}[^\p{L}\p{Nd}]{0,3}$/iu;
const isoTime = /^\s*(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?\s*$/i;
const uuid = /^\s*[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\s*$/i;

/** A phone number without the sign that tells one anywhere: a phone has dates and ids as well. */
const isBarePhone = (text: string): boolean => barePhone.test(text) && !isoTime.test(text) && !uuid.test(text);

const hasPhoneDigits = (text: string): boolean => (text.match(/\p{Nd}/gu)?.length ?? 0) >= fewestPhoneDigits;

/** The digest that the same email address or phone number has as a match key. */
export function personalDataDigest(raw: string, sha256: Sha256): string {
  const text = raw.trim();
  const normal = normaliseMatchKey(text.includes('@') ? 'em' : 'ph', text);
  return sha256(normal ?? text.toLowerCase());
}

/** Replaces every find in a text by nothing, or by its digest. Of several forms of the text the one with most finds counts. */
export function replacePersonalData(
  text: string,
  guard: Guard,
  forms: readonly string[] = decodings(text),
): Guarded<string> {
  let best: Guarded<string> = { value: text, found: 0 };
  for (const form of forms) {
    const replaced = replaceIn(form, guard);
    if (replaced.found > best.found) best = replaced;
  }
  return best;
}

function replaceIn(text: string, guard: Guard): Guarded<string> {
  let found = 0;
  const replace = (match: string): string => {
    found++;
    return typeof guard === 'function' ? personalDataDigest(match, guard) : '';
  };
  const value = text
    .replace(email, replace)
    .replace(phone, (match) => (hasPhoneDigits(match) ? replace(match) : match));
  return { value: found > 0 && guard === 'remove' ? value.trim() : value, found };
}

const mostDecodings = 3;

/** The text as it is and percent-decoded again and again: a URL within a URL is encoded twice. */
export function decodings(text: string): readonly string[] {
  const forms = [text];
  for (let form = decoded(text); form !== forms.at(-1) && forms.length <= mostDecodings; form = decoded(form)) {
    forms.push(form);
  }
  return forms;
}

/** Decodes what can be decoded and leaves the rest. */
const decoded = (text: string): string => text.replaceAll(/(?:%[\da-f]{2})+/gi, (run) => decodedRun(run));

function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}
