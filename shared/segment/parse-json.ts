import { rewriteJson } from '../lib/json/rewrite-json.ts';

/** A member or item with so many digits may be more than JavaScript's numbers can tell apart. */
const manyDigits = /[:[,]\s*-?\d{16}/;

const wholeNumber = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * `JSON.parse` that keeps every digit: a whole number beyond 2^53 becomes its text, since it is some system's id, and its
 * neighbours would otherwise become the same. @throws SyntaxError
 */
export const parseJson = (text: string): unknown => JSON.parse(manyDigits.test(text) ? withDigits(text) : text);

/**
 * Reads what `JSON.parse` refuses but can only mean one thing: `NaN`, `Infinity` and `undefined` as null, control characters
 * that stand bare in a text or around it, a comma behind the last member, and an apostrophe with a backslash. It takes several
 * times as long. @throws SyntaxError
 */
export const parseLenientJson = (text: string): unknown => parseJson(rewriteJson(text, withNulls, withEscapes));

const withDigits = (text: string): string =>
  rewriteJson(text, (piece) => (piece.length < 16 ? piece : piece.replace(wholeNumber, quoted)));

const quoted = (digits: string): string => (Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`);

const noValue = /[+-]?\b(?:nan|inf|infinity|undefined)\b/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u001f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of them but the blanks that JSON allows
const noBlank = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

const lastComma = /,(?=\s*[\]}])/g;

const withNulls = (piece: string): string =>
  piece.replace(noBlank, ' ').replace(noValue, 'null').replace(lastComma, '');

const withEscapes = (piece: string): string =>
  piece
    .replace(control, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\\(.)/g, (written, character) => (character === "'" ? character : written));
