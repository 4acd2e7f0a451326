import { decimalDigit } from '../../lib/decimal-digits.ts';
import type { SearchAllowance } from './search-allowance.ts';

/** Where a find stands in a text: from its first character up to the one behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const longestLocalPart = 64;
const longestDomain = 255;

/**
 * Delimiters that stand in neither part of an address without quotation marks, by character code: 1 for a delimiter.
 */
const delimiters = new Uint8Array(0x80);
for (const sign of '@<>"\',;:()[]\\/?&=#%') delimiters[sign.charCodeAt(0)] = 1;
delimiters.fill(1, 0, 0x21);

// Character codes.
const apostrophe = 39;
const quotationMark = 34;
const hyphen = 45;
const dot = 46;
const backslash = 92;
const openingBracket = 91;
const closingBracket = 93;
const fullWidthAt = 0xff20;
const smallAt = 0xfe6b;

/**
 * Finds email addresses, also those that Meta would not match: with a quoted local part, or at a domain of one label, a
 * domain that ends in one letter, or an IP address. Each stretch between two `@` is walked at most twice.
 */
export function findEmailAddresses(text: string, allowance: SearchAllowance): Span[] {
  const found: Span[] = [];
  let past = 0;
  const isUnusual = text.includes('＠') || text.includes('﹫');
  if (isUnusual) allowance.left -= text.length;
  const next = isUnusual ? nextSign : nextAt;
  for (let at = next(text, 0); at !== -1; at = next(text, at + 1)) {
    allowance.left--;
    if (at < past) continue;
    const end = domainEnd(text, at + 1, allowance);
    if (end === undefined) continue;
    const start = localStart(text, at, past, allowance);
    // `2@home` and a version behind a package's name are no addresses.
    if (start === at || (!text.slice(at, end).includes('.') && !hasLetter(text, start, at))) continue;
    // `"a@b"@c` is one address, though `a@b` would be one as well.
    while ((found.at(-1)?.end ?? 0) > start) found.pop();
    found.push({ start, end });
    past = end;
  }
  return found;
}

const nextAt = (text: string, from: number): number => text.indexOf('@', from);

/** The same with the forms that keyboards of East Asia write. */
function nextSign(text: string, from: number): number {
  anyAt.lastIndex = from;
  return anyAt.test(text) ? anyAt.lastIndex - 1 : -1;
}

const anyAt = /[@＠﹫]/g;

const isAtSign = (code: number): boolean => code === 0x40 || code === fullWidthAt || code === smallAt;

/** @param from where the find before ended */
function localStart(text: string, at: number, from: number, allowance: SearchAllowance): number {
  if (text.charCodeAt(at - 1) === quotationMark) return quotedStart(text, at, allowance);
  const earliest = Math.max(from, at - longestLocalPart);
  let start = at;
  while (start > earliest && isLocal(text, start - 1)) start--;
  allowance.left -= at - start + 1;
  return start;
}

function quotedStart(text: string, at: number, allowance: SearchAllowance): number {
  const earliest = Math.max(0, at - 2 - longestLocalPart);
  for (let start = at - 2; start >= earliest; start--) {
    allowance.left--;
    if (text.charCodeAt(start) === quotationMark && text.charCodeAt(start - 1) !== backslash) return start;
  }
  return at;
}

function isLocal(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  // O'Brien, but not 'ann@example.com' in quotation marks.
  if (code === apostrophe) return index > 0 && isLetter(text.charCodeAt(index - 1));
  return code < 0x80 ? delimiters[code] === 0 : !isAtSign(code) && !isSpace(code);
}

/** The end of the domain that begins at an index; undefined where none does. */
function domainEnd(text: string, from: number, allowance: SearchAllowance): number | undefined {
  const isBracketed = text.charCodeAt(from) === openingBracket;
  const start = isBracketed ? from + 1 : from;
  const latest = Math.min(text.length, start + longestDomain);
  let end = start;
  while (end < latest && isDomain(text.charCodeAt(end))) end++;
  allowance.left -= end - start + 2;
  if (isBracketed) return text.charCodeAt(end) === closingBracket && end > start ? end + 1 : undefined;
  if (isIpv4(text, start, end)) return end;
  // The last label has letters: what follows with a dot and a digit, or a dot alone, belongs to the sentence.
  while (end > start) {
    while (end > start && !isDigit(text.charCodeAt(end - 1)) && !isLetter(text.charCodeAt(end - 1))) end--;
    let label = end;
    while (label > start && !isDot(text.charCodeAt(label - 1))) label--;
    allowance.left -= end - label + 1;
    if (label < end && isLetter(text.charCodeAt(label))) return end;
    end = label;
  }
  return undefined;
}

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

const isIpv4 = (text: string, start: number, end: number): boolean =>
  end - start <= 15 && isDigit(text.charCodeAt(start)) && ipv4.test(text.slice(start, end));

const isDomain = (code: number): boolean =>
  isLetter(code) || isDigit(code) || code === dot || code === hyphen || code === 0x5f || isDot(code);

/** Of every script, as far as names of hosts go: beyond ASCII, whatever is neither blank nor punctuation nor digit. */
function isLetter(code: number): boolean {
  if (code < 0x80) return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  if (code < 0xaa || code === 0xab || code === 0xbb || code === 0xd7 || code === 0xf7) return false;
  return !isSpace(code) && !isPunctuation(code) && decimalDigit(code) === -1;
}

const isDigit = (code: number): boolean => decimalDigit(code) !== -1;

/** The dot, and those of IDNA. */
const isDot = (code: number): boolean => code === dot || code === 0x3002 || code === 0xff0e || code === 0xff61;

/** General punctuation, that of East Asia, and its full-width and small forms. */
const isPunctuation = (code: number): boolean =>
  (code >= 0x2010 && code <= 0x206f) ||
  (code >= 0x3001 && code <= 0x3004) ||
  (code >= 0x3008 && code <= 0x3020) ||
  (code >= 0xfe30 && code <= 0xfe6f) ||
  (code >= 0xff00 && code <= 0xff0f) ||
  (code >= 0xff1a && code <= 0xff20) ||
  (code >= 0xff3b && code <= 0xff40) ||
  (code >= 0xff5b && code <= 0xff65);

/** Beyond ASCII. */
const isSpace = (code: number): boolean =>
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  code === 0xfeff;

function hasLetter(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++) if (isLetter(text.charCodeAt(index))) return true;
  return false;
}
