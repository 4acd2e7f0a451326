import { problems as problemRows } from '../../reasons/problems.ts';
import { fill } from '../../reasons/reason.ts';
import { maxItems } from '../../mapping/limits.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { isObject } from '../../segment/event.ts';
import { Diagnosed, type Diagnostics } from './diagnosed.ts';
import type { Problem } from './problem.ts';
import { readAmount, readCount, readProductId, readText } from './readers.ts';
import { type ContentPart, valuesLeftOut, type Warning } from './warning.ts';

export interface ContentItem {
  readonly id: string;
  readonly quantity: number | undefined;
  readonly item_price: number | undefined;
  readonly delivery_category: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
}

/** Members that few lines have. */
export const contentTextNames = ['title', 'description', 'brand', 'category'] as const;

export const contentMemberNames = ['id', 'quantity', 'item_price', 'delivery_category'] as const;

/** A product line as it was mapped. */
export type ContentLine = Readonly<Record<(typeof contentMemberNames)[number], unknown>> &
  Readonly<Partial<Record<(typeof contentTextNames)[number], unknown>>>;

export const deliveryCategories = ['in_store', 'curbside', 'home_delivery'] as const;
/** Most faults of lines that are reported: a fault of the first lines is a fault of all. */
const mostReported = 20;

export interface ContentsOptions {
  /** Text before the path of a line: `custom_data.`. */
  readonly holder?: string;
  /** Keeps the members of a line that are not read. */
  readonly whole?: boolean;
}

export interface ReadContents extends Diagnostics {
  /** The lines that can be sent; undefined when there are none. */
  readonly contents: readonly ContentItem[] | undefined;
  /** Whether what cannot be read is left out, in the rest of the event as well. */
  readonly lenient: boolean;
}

/**
 * Reads the product lines of an event. A line without an id or with a quantity that is no whole number never costs the
 * event: it is left out, or only its quantity is. What else is wrong refuses the event when a mapping that came from
 * Segment says so (`leaveOut: false`), unless a quantity had to be left out already.
 */
export function coerceContents(raw: unknown, leaveOut: boolean, options: ContentsOptions = {}): ReadContents {
  const { holder = '', whole = false } = options;
  if (raw === undefined || raw === null || raw === '') return leaveOut ? nothingLenient : nothingStrict;
  const given: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const looked = given.length > maxItems ? given.slice(0, maxItems) : given;
  const lines = looked.every(isPresent) ? looked : looked.filter(isPresent);
  const lenient = leaveOut || lines.some(isBroken);
  const contents: ContentItem[] = [];
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  let number = 0;
  const report: Report = (part, isMinor) => {
    if (warnings.length + problems.length >= mostReported) return;
    const message = fill(contentMessages[part].message, { number });
    const path = `${holder}contents[${number - 1}]${part === 'line' ? '' : `.${part}`}`;
    if (lenient || isMinor) {
      warnings.push({
        code: 'content_left_out',
        path,
        message: fill(warningRows.content_left_out, { what: message }),
        part,
      });
    } else problems.push({ code: 'content_invalid', path, message });
  };
  for (const line of lines) {
    number++;
    const item = readItem(line, { lenient, leaveOut, whole }, report);
    if (item !== undefined) contents.push(item);
  }
  if (looked !== given) warnings.push(valuesLeftOut(`${holder}contents`, maxItems));
  return { contents: contents.length === 0 && lines.length > 0 ? undefined : contents, lenient, problems, warnings };
}

/** Product lines within an object that was mapped as a whole: bad parts are left out, whatever else they hold stays. */
export function readContentsWhole(raw: unknown, holder: string): Diagnosed {
  const { contents, problems, warnings } = coerceContents(raw, true, { holder, whole: true });
  return new Diagnosed(contents, { problems, warnings });
}

const nothing = { contents: undefined, problems: [], warnings: [] };
const nothingLenient: ReadContents = { ...nothing, lenient: true };
const nothingStrict: ReadContents = { ...nothing, lenient: false };

/** @param isMinor it never costs the event */
type Report = (part: ContentPart, isMinor: boolean) => void;

const { content_invalid: contentInvalid } = problemRows;
const contentMessages = { ...contentInvalid.cases, id: contentInvalid } as const;

/** True for a line whose quantity is no whole number, so that it cannot go as it is. */
export const isBroken = (line: unknown): boolean =>
  isObject(line) && isPresent(line['quantity']) && readCount(line['quantity'], false) === undefined;

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

interface Reading {
  /** Whether bad parts are left out of this event. */
  readonly lenient: boolean;
  /** Whether the mapping asked for it. */
  readonly leaveOut: boolean;
  readonly whole: boolean;
}

function readItem(line: unknown, { lenient, leaveOut, whole }: Reading, report: Report): ContentItem | undefined {
  if (!isObject(line)) {
    report('line', false);
    return undefined;
  }
  const given = line as ContentLine;
  const id = readProductId(given.id, lenient);
  const item: ContentItem = {
    id: id ?? '',
    quantity: reported(given.quantity, readCount, leaveOut, report, 'quantity'),
    item_price: reported(given.item_price, readAmount, leaveOut, report, 'item_price'),
    delivery_category: readDelivery(given.delivery_category, leaveOut, report),
  };
  if (item.id !== '') return whole ? { ...line, ...item, ...textsOf(given) } : withTexts(item, given);
  report('id', id !== undefined || !isPresent(given.id));
  return undefined;
}

/** The texts of a line; undefined takes the place of what is none. */
function textsOf(line: ContentLine): Partial<Record<(typeof contentTextNames)[number], string | undefined>> {
  return Object.fromEntries(
    contentTextNames.filter((name) => isPresent(line[name])).map((name) => [name, readText(line[name]) || undefined]),
  );
}

function withTexts(item: ContentItem, line: ContentLine): ContentItem {
  const { title, description, brand, category } = line;
  if (title === undefined && description === undefined && brand === undefined && category === undefined) return item;
  return { ...item, ...textsOf(line) } as ContentItem;
}

function reported(
  raw: unknown,
  read: (raw: unknown, lenient: boolean) => number | undefined,
  leaveOut: boolean,
  report: Report,
  part: 'quantity' | 'item_price',
): number | undefined {
  if (!isPresent(raw)) return undefined;
  // Empty text is nothing, except to Segment.
  if (leaveOut && raw === '') return undefined;
  const value = read(raw, leaveOut);
  if (value === undefined) report(part, part === 'quantity');
  return value;
}

function readDelivery(raw: unknown, leaveOut: boolean, report: Report): string | undefined {
  if (leaveOut) {
    const delivery = typeof raw === 'string' ? raw.trim() : raw;
    if (!isPresent(delivery) || delivery === '') return undefined;
    if (isDelivery(delivery)) return delivery;
  } else {
    // Segment posts a null as empty text, too.
    if (raw === undefined) return undefined;
    if (raw === null || raw === '') return '';
    if (isDelivery(raw)) return raw;
  }
  report('delivery_category', false);
  return undefined;
}

const isDelivery = (value: unknown): value is string => (deliveryCategories as readonly unknown[]).includes(value);
