import { isObject } from '../../segment/event.ts';
import type { FieldType } from './field.ts';

/** A one-item list counts as its item, as in Segment's destination. */
const single = (raw: unknown): unknown => (Array.isArray(raw) && raw.length === 1 ? raw[0] : raw);

function readText(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  const value = single(raw);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function readNumber(raw: unknown): number | undefined {
  const value = single(raw);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** Ids of 17 digits do not fit a JavaScript number: those stay text. */
function readInteger(raw: unknown): number | string | undefined {
  const value = readNumber(raw);
  if (value === undefined || !Number.isInteger(value)) return undefined;
  const digits = single(raw);
  return Number.isSafeInteger(value) || typeof digits !== 'string' ? value : digits.trim();
}

const booleans: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  [1, true],
  [0, false],
]);

/** Read one value as a declared type: undefined when it is not one and cannot safely become one. */
export const readers = {
  text: readText,
  number: readNumber,
  integer: readInteger,
  boolean: (raw: unknown): boolean | undefined => booleans.get(single(raw)),
  object: (raw: unknown): unknown => raw,
  clickId: (raw: unknown): unknown => (isObject(raw) && typeof raw['fbclid'] === 'string' ? raw : readText(raw)),
} as const satisfies Record<FieldType, (raw: unknown) => unknown>;

export const typeName: Readonly<Record<FieldType, string>> = {
  text: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  clickId: 'text',
};
