import { memoize } from '../../lib/memoize.ts';
import { percentDecoded } from '../../lib/percent-decoding.ts';
import { existingDigest } from '../user-data/hash.ts';
import { findEmailAddresses, type Span } from './find-email-addresses.ts';
import { findPhoneNumbers, hasPhoneDigits } from './find-phone-numbers.ts';
import { longestName, longestSearched, type SearchAllowance } from './search-allowance.ts';

/** Members that say by their name what they hold. */
const emailName = /(?:^|[-_ ])e[-_ ]?mail/i;
const phoneName =
  /(?:^|[-_ ])(?:tele|mobile|cell|smart)?[-_ ]?(?:phone|mobile|tel|msisdn)s?(?:[-_ ]?(?:number|no|nr)s?)?[-_ ]?\d?$/i;

/** Escapes of the signs that addresses and numbers need, however often encoded, and escapes within escapes. */
const escapedSign = /%(?:25)*(?:40|2b|ef)|%.?%/i;

/**
 * Whether a text can hold an address or number that tells itself by a sign: a quick look before the search. One that is too
 * long to be searched may as soon as it holds an escape.
 */
export const mayHoldSigns = (text: string): boolean =>
  hasSign(text) || (text.includes('%') && (text.length > longestSearched || escapedSign.test(text)));

/** Whether a text can hold anything of the kind, whatever its member is called. */
export const mayHoldPersonalData = (text: string): boolean => mayHoldSigns(text) || (mayBeUrl(text) && mayTell(text));

/** Of any one sign, since a search for a text that begins with one stops wherever that stands. */
const urlSign = /[:;](?<=:)\/\//;

export const mayBeUrl = (text: string): boolean => urlSign.test(text);

/** One class of signs is looked for faster than they are one after the other. */
const sign = /[@+＠＋﹫﹢]/;

const hasSign = (text: string): boolean => sign.test(text);

const tellingWord = /mail|phone|tel|mobile|msisdn/i;

/** The same for a URL or a part of one, in which the names of parameters tell as well. */
export const mayHoldInUrl = (url: string): boolean => mayHoldSigns(url) || mayTell(url);

// As `isPlain`, with the signs of a query.
const notPlain = /[^ !#$&-*,-?A-Z[\]^-~]/;

/** Whether a URL can stand in JSON as it is and {@link mayHoldInUrl} is false of it: true of most with a query, and quick to tell. */
export const isPlainUrl = (url: string): boolean => !notPlain.test(url) && !mayTell(url);

const mayTell = (url: string): boolean => url.length > longestSearched || tellingWord.test(url);

/** Whether the name of a member alone is reason to look at it closely. */
export function isTellingName(name: string): boolean {
  if (name.length > longestName) return mayHoldInUrl(name);
  return tells(name);
}

const tells = memoize(
  (name: string): boolean => mayHoldSigns(name) || (tellingWord.test(name) && nameHandedDown(name) !== ''),
);

/**
 * Name that a member hands down to everything within it, to stand before theirs: `email`, `phone`, both as
 * `email.phone`, or empty text.
 */
export function nameHandedDown(name: string): string {
  if (!tellingWord.test(name)) return '';
  return name.length > longestName ? kindsIn(name) : kindsOf(name);
}

function kindsIn(name: string): string {
  const parts = partsOf(name);
  const kinds = [parts.some(isEmailName) ? ['email'] : [], parts.some(isPhoneName) ? ['phone'] : []];
  return kinds.flat().join('.');
}

/** The items of a list are all asked under one name. */
const kindsOf = memoize(kindsIn);

const isEmailName = (part: string): boolean => emailName.test(part);
const isPhoneName = (part: string): boolean => phoneName.test(part);

/** The steps of a name such as `user[phone][0]` or `user.phone`, in words, without places in a list. */
function partsOf(name: string): readonly string[] {
  const words = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_');
  return words.split(/[.[\]]+/).filter((part) => !/^\d*$/.test(part));
}

/** A name costs as much as so many steps. */
const stepsOfName = 250;

/**
 * Whether a member's name and its text together say that this is an email address or phone number, in whatever form.
 * Not everything within a `phone` is one: where only an earlier step of the name says so, the text must look like it.
 */
export function isNamedPersonalData(name: string, text: string, allowance: SearchAllowance): boolean {
  allowance.left -= name.length >> 3;
  if (!tellingWord.test(name)) return false;
  allowance.left -= stepsOfName;
  const parts = partsOf(name);
  const own = parts.at(-1) ?? '';
  if (isEmailName(own) && hasAtSign(text)) return true;
  if (isPhoneName(own)) {
    allowance.left -= text.length;
    if (hasPhoneDigits(text) && existingDigest(text.trim()) === undefined) return true;
  }
  const holders = parts.slice(0, -1);
  if (holders.some(isEmailName) && bareEmail.test(text)) return true;
  return holders.some(isPhoneName) && !idName.test(own) && isBarePhone(text);
}

const hasAtSign = (text: string): boolean => text.includes('@') || text.includes('＠') || text.includes('﹫');

const idName = /(?:^|_)ids?$/i;
// The whole text: within a longer one, addresses and numbers with a + are found wherever they stand.
const bareEmail = /^\s*[^\s@＠﹫]{1,64}[@＠﹫][^\s@＠﹫]{1,190}\s*$/;
const barePhone =
  /^[^\p{L}\p{Nd}]{0,3}\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){6,14}(?:\s*(?:x|ext\.?)\s*\p{Nd}{1,7})?[^\p{L}\p{Nd}]{0,3}\p{L}{0,10}[^\p{L}\p{Nd}]{0,3}$/iu;
const isoTime = /^\s*(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?\s*$/i;
const uuid = /^\s*[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\s*$/i;

const longestBarePhone = 120;

/** A phone number without the sign that tells one anywhere: a phone has dates and ids as well. */
const isBarePhone = (text: string): boolean =>
  text.length <= longestBarePhone && barePhone.test(text) && !isoTime.test(text) && !uuid.test(text);

/** A form of a text, and where in it addresses and numbers stand. */
export interface Finds {
  readonly form: string;
  readonly spans: readonly Span[];
}

/** Finds what there is in the form of a text that holds most; of several with as many, in the first. */
export function findPersonalData(forms: readonly string[], allowance: SearchAllowance): Finds {
  let best: Finds = { form: forms[0] ?? '', spans: [] };
  for (const form of forms) {
    const spans = spansIn(form, allowance);
    if (spans.length > best.spans.length) best = { form, spans };
  }
  return best;
}

function spansIn(text: string, allowance: SearchAllowance): readonly Span[] {
  allowance.left -= text.length >> 3;
  if (!hasSign(text)) return [];
  const addresses = findEmailAddresses(text, allowance);
  const numbers = findPhoneNumbers(text, allowance);
  if (addresses.length === 0) return numbers;
  if (numbers.length === 0) return addresses;
  return disjoint([...addresses, ...numbers].sort((one, other) => one.start - other.start || other.end - one.end));
}

/** Of two that overlap, the one that begins first stands, made longer where the other goes on. */
function disjoint(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { start: last.start, end: span.end };
  }
  return merged;
}

const mostDecodings = 3;

/** The text as it is and percent-decoded again and again: a URL within a URL is encoded twice. */
export function decodings(text: string, allowance: SearchAllowance): readonly string[] {
  const forms = [text];
  for (let form = text; form.includes('%') && forms.length <= mostDecodings; ) {
    allowance.left -= form.length;
    const decoded = percentDecoded(form);
    if (decoded === form) break;
    form = decoded;
    forms.push(form);
  }
  return forms;
}

const blankSign = /\+(?![\d(])|(?<=[\w).-])\+/g;

/** The forms of a part of a URL, where a plus sign may belong to an address or begin a number; else it stands for a blank. */
export function urlForms(part: string, allowance: SearchAllowance): readonly string[] {
  const forms = decodings(part, allowance);
  if (!part.includes('+')) return forms;
  allowance.left -= part.length;
  const spaced = part.replaceAll(blankSign, ' ');
  return spaced === part ? forms : [...forms, ...decodings(spaced, allowance)];
}
