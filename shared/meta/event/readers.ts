import { decimalOf } from '../../lib/decimal-text.ts';
import { isObject } from '../../segment/event.ts';
import { currencyCode, currencyOfText } from './currency.ts';
import { readEventTime } from './event-time.ts';
import type { FieldType } from './field.ts';
import type { TypeProblemCode } from '../../reasons/problems.ts';
import { parseTime } from '../../segment/timestamps.ts';

/** A one-item list counts as its item, as in Segment's destination. */
const single = (raw: unknown): unknown => (Array.isArray(raw) && raw.length === 1 ? raw[0] : raw);

export function readText(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  const value = single(raw);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function readNumber(raw: unknown): number | undefined {
  const value = single(raw);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** Ids of 17 digits do not fit a JavaScript number: those stay text. */
export function readInteger(raw: unknown): number | string | undefined {
  const value = readNumber(raw);
  if (value === undefined || !Number.isInteger(value)) return undefined;
  const digits = single(raw);
  return Number.isSafeInteger(value) || typeof digits !== 'string' ? value : digits.trim();
}

/** @see https://developers.facebook.com/docs/marketing-api/conversions-api/conversion-leads-integration */
const leadIdDigits = /^\d{15,17}$/;

/** The id of a lead. Meta refuses an event with one of another length; Segment sends it. */
export function readLeadId(raw: unknown, lenient: boolean): number | string | undefined {
  const value = readInteger(raw);
  return lenient && value !== undefined && !leadIdDigits.test(String(value)) ? undefined : value;
}

/** A part of a whole. Meta refuses an event with one beyond it. */
export function readShare(raw: unknown): number | undefined {
  const value = readNumber(raw);
  return value !== undefined && value >= 0 && value <= 1 ? value : undefined;
}

/** Digits as phone numbers have them, behind a plus or a zero, as no amount does. */
export const dialled = /^\s*(?:\+|00?)[1-9]\d{7,14}\s*$/;
/** From here on a whole number is a phone number with its country code rather than a price in any currency. */
const leastDialled = 1e11;

/** True for a number that is a phone number and no amount: `+4917123456789`, `01712345678`, `4917123456789`. */
export function isDialled(raw: unknown): boolean {
  const value = single(raw);
  if (typeof value === 'string') {
    if (dialled.test(value)) return true;
    return value.length > 10 && isDialled(Number(value));
  }
  return typeof value === 'number' && value >= leastDialled && Number.isInteger(value);
}

/** Money as a number. Below zero, or as `true`, it is none to an event that leaves out what it cannot read. */
export function readAmount(raw: unknown, lenient: boolean): number | undefined {
  const value = lenient ? readMoney(single(raw)) : readNumber(raw);
  return value === undefined || isDialled(raw) ? undefined : value;
}

/** An amount of zero or more, also as people write it: `10,50`, `1.234,56 €`. */
function readMoney(raw: unknown): number | undefined {
  const value = typeof raw === 'number' ? raw : typeof raw === 'string' ? decimalOf(raw) : undefined;
  return value !== undefined && value >= 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
}

/** A number of things. */
export function readCount(raw: unknown, lenient: boolean): number | undefined {
  const value = readInteger(raw);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || isDialled(raw)) return undefined;
  return lenient && value < 0 ? undefined : value;
}

const booleans: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  [1, true],
  [0, false],
]);

export const readBoolean = (raw: unknown): boolean | undefined => booleans.get(single(raw));

const readClickId = (raw: unknown): unknown =>
  isObject(raw) && typeof raw['fbclid'] === 'string' ? raw : readText(raw);

/** Segment's destination takes a code and nothing around it. */
function readCurrency(raw: unknown, lenient: boolean): string | undefined {
  const code = readText(raw);
  if (code === undefined) return undefined;
  return currencyCode(code) ?? (lenient ? currencyOfText(code) : undefined);
}

/** Zero, and the year 1 of some languages, stand for a time that nobody set; the year 9999 for "never". */
const earliestTime = Date.UTC(1971, 0, 1);
const latestTime = Date.UTC(2200, 0, 1);

function readTime(raw: unknown, lenient: boolean): Date | undefined {
  const value = readText(raw);
  const time = value === undefined ? undefined : readEventTime(value);
  if (!lenient) return time;
  const read = time ?? parseTime(raw);
  return read !== undefined && read.getTime() >= earliestTime && read.getTime() < latestTime ? read : undefined;
}

/** Not what only stands in brackets or braces, as GUIDs do. */
const jsonText = /^(?:\{\s*["}]|\[\s*(?:["[{\]]|-?\d+\s*,))/;
const isJson = (text: string): boolean => (text.startsWith('{') || text.startsWith('[')) && jsonText.test(text);

/** Texts of an id that a program did not have. */
const noProduct: ReadonlySet<string> = new Set(['null', 'undefined', 'nan', 'none', 'n/a', '[object object]']);

/** Texts that are no id of a product, as a regular expression for who has no code of this. */
export const noProductPattern = `${jsonText.source}|^(?:${[...noProduct].map((word) => word.replaceAll(/[[\]/]/g, '\\$&')).join('|')})$`;

const longestNoProduct = Math.max(...Array.from(noProduct, (word) => word.length));

/**
 * The id of a product as text, without the blanks around it.
 *
 * @param lenient undefined also for JSON, which is a list of products that was written as text, and for a word that says that
 *   there is none. Segment sends both.
 */
export function readProductId(raw: unknown, lenient: boolean): string | undefined {
  const text = readText(raw);
  if (!lenient || text === undefined) return text;
  const id = text.trim();
  // Most ids begin with a digit, or are longer than any such word.
  const mayBeWord = id.length <= longestNoProduct && id.charCodeAt(0) > 0x39;
  return isJson(id) || (mayBeWord && noProduct.has(id.toLowerCase())) ? undefined : id;
}

/** PHP writes a map without entries as a list without items. */
export function readObject(raw: unknown, lenient: boolean): object | undefined {
  if (isObject(raw)) return raw;
  return lenient && Array.isArray(raw) && raw.length === 0 ? {} : undefined;
}

/** How the values of a type are read. */
interface TypeReader {
  /**
   * Undefined for a value that is not of the type and cannot safely become it.
   *
   * @param lenient whether what cannot be read is left out; otherwise what Segment takes is taken
   */
  readonly read: (raw: unknown, lenient: boolean) => unknown;
  /** How messages call a value of the type: "must be …". */
  readonly name: string;
  /** Code of the problem of a value that is none; `field_invalid` otherwise. */
  readonly problem?: TypeProblemCode;
  /** Code of the warning of a value that was left out; `field_left_out` otherwise. */
  readonly warning?: 'currency_left_out';
}

/** One reader for each type. Product lines are read by `coerce-contents.ts`. */
export const readers: Readonly<Record<Exclude<FieldType, 'products'>, TypeReader>> = {
  amount: { read: readAmount, name: 'an amount of zero or more' },
  boolean: { read: readBoolean, name: 'true or false' },
  clickId: { read: readClickId, name: 'text' },
  count: { read: readCount, name: 'a whole number of zero or more' },
  currency: {
    read: readCurrency,
    name: 'an ISO 4217 code',
    problem: 'currency_invalid',
    warning: 'currency_left_out',
  },
  integer: { read: readInteger, name: 'a whole number' },
  leadId: { read: readLeadId, name: 'a number of 15 to 17 digits' },
  number: { read: readNumber, name: 'a number' },
  object: { read: readObject, name: 'an object' },
  productId: { read: readProductId, name: 'the id of a product' },
  share: { read: readShare, name: 'a number from 0 to 1' },
  status: { read: (raw) => (typeof raw === 'boolean' ? raw : readText(raw)), name: 'text' },
  text: { read: readText, name: 'text' },
  time: { read: readTime, name: 'ISO 8601 text or a Unix time', problem: 'event_time_invalid' },
};
