import { decimalDigit } from '../../lib/decimal-digits.ts';
import type { Span } from './find-email-addresses.ts';
import type { SearchAllowance } from './search-allowance.ts';

export const fewestPhoneDigits = 7;
/** Between the `+` and the last digit, separators and an opening bracket included. */
const longestNumber = 27;

/**
 * Separators that people put between digits, by character code: 1 for a separator. Beyond ASCII it is blanks and
 * dashes.
 */
const separators = new Uint8Array(0x80);
for (const sign of '()./- \t\n\v\f\r') separators[sign.charCodeAt(0)] = 1;
const dashes = /\p{Pd}/u;
const wordCharacter = /[\p{L}\p{N}_]/u;
const blank = /\s/;
const extension = /^\s*(?:x|ext\.?)\s*\d{1,7}(?![\p{L}\p{Nd}_])/iu;
const longestExtension = 24;
const openingBracket = 40;

/**
 * Finds phone numbers that begin with a `+`, in the digits of any script, with their extensions. Each stretch between two
 * `+` is walked once.
 */
export function findPhoneNumbers(text: string, allowance: SearchAllowance): Span[] {
  const found: Span[] = [];
  let past = 0;
  const isUnusual = text.includes('＋') || text.includes('﹢');
  if (isUnusual) allowance.left -= text.length;
  const next = isUnusual ? nextSign : nextPlus;
  for (let start = next(text, 0); start !== -1; start = next(text, start + 1)) {
    allowance.left--;
    if (start < past || isWithinWord(text, start)) continue;
    const end = numberEnd(text, start + 1, allowance);
    if (end === undefined) continue;
    found.push({ start, end });
    past = end;
  }
  return found;
}

const nextPlus = (text: string, from: number): number => text.indexOf('+', from);

/** The same with the forms that keyboards of East Asia write. */
function nextSign(text: string, from: number): number {
  anyPlus.lastIndex = from;
  return anyPlus.test(text) ? anyPlus.lastIndex - 1 : -1;
}

const anyPlus = /[+＋﹢]/g;

/** A sum or a second sign, such as `1+1` and `++`. */
function isWithinWord(text: string, index: number): boolean {
  const code = text.charCodeAt(index - 1);
  return code === 0x2b || isAsciiWord(code);
}

const isAsciiWord = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || code === 0x5f;

/** The end of the number whose first digit, or the bracket before it, stands at an index. */
function numberEnd(text: string, from: number, allowance: SearchAllowance): number | undefined {
  const first = text.charCodeAt(from) === openingBracket ? from + 1 : from;
  if (digitLength(text, first) === 0) return undefined;
  let digits = 0;
  let end: number | undefined;
  let index = first;
  while (index < text.length && index - from < longestNumber) {
    allowance.left -= 1;
    const length = digitLength(text, index);
    if (length > 0) {
      digits++;
      index += length;
      if (digits >= fewestPhoneDigits) end = endBehind(text, index, allowance) ?? end;
    } else if (isSeparator(text.charCodeAt(index))) index++;
    else break;
  }
  return end;
}

/** The index itself or the end of the extension there; undefined within a longer number or word. */
function endBehind(text: string, index: number, allowance: SearchAllowance): number | undefined {
  if (index >= text.length) return index;
  if (digitLength(text, index) > 0) return undefined;
  const code = text.charCodeAt(index);
  if ((code | 0x20) === 0x78 || (code | 0x20) === 0x65 || blank.test(text.charAt(index))) {
    allowance.left -= longestExtension;
    const found = extension.exec(text.slice(index, index + longestExtension));
    if (found !== null) return index + found[0].length;
  }
  return isWordAt(text, index) ? undefined : index;
}

function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code < 0x80 ? isAsciiWord(code) : wordCharacter.test(String.fromCodePoint(text.codePointAt(index) ?? 0));
}

const isSeparator = (code: number): boolean =>
  code < 0x80
    ? separators[code] === 1
    : blank.test(String.fromCharCode(code)) || dashes.test(String.fromCharCode(code));

const digit = /\p{Nd}/u;

/** UTF-16 units of the decimal digit at an index; 0 where there is none. */
function digitLength(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x660) return code >= 0x30 && code <= 0x39 ? 1 : 0;
  if (decimalDigit(code) !== -1) return 1;
  const isPair = code >= 0xd800 && code <= 0xdbff;
  return isPair && digit.test(text.slice(index, index + 2)) ? 2 : 0;
}

const nextDigit = /\p{Nd}/gu;

/** Whether a text has as many digits as the shortest phone number. */
export function hasPhoneDigits(text: string): boolean {
  nextDigit.lastIndex = 0;
  for (let digits = 0; digits < fewestPhoneDigits; digits++) if (!nextDigit.test(text)) return false;
  return true;
}
