import type { ContentPart } from './warning.ts';
import { isObject } from '../../segment/event.ts';
import type { Findings } from './problem.ts';
import { readers } from './readers.ts';

export interface ItemRules {
  readonly leaveOut: boolean;
}

export interface ContentItem {
  readonly id: string;
  readonly quantity: number | undefined;
  readonly item_price: number | undefined;
  readonly delivery_category: string | undefined;
}

export const contentMemberNames = ['id', 'quantity', 'item_price', 'delivery_category'] as const;

/** A product line as it was mapped. */
export type ContentLine = Readonly<Record<(typeof contentMemberNames)[number], unknown>>;

const deliveryCategories: readonly unknown[] = ['in_store', 'curbside', 'home_delivery'];
/** More lines than any order has; bounds what one event may cost. */
export const maxItems = 10_000;

/**
 * Reads the product lines of an event. A line without an id or with a quantity that is no whole number never costs the
 * event: it is left out, or only its quantity is. What else is wrong refuses the event when a mapping that came from
 * Segment says so (`leaveOut: false`), unless a quantity had to be left out already.
 *
 * @returns the good lines, undefined when there are none; and whether bad parts are left out
 */
export function coerceContents(
  raw: unknown,
  { leaveOut }: ItemRules,
  findings: Findings,
): { contents: ContentItem[] | undefined; leaveOut: boolean } {
  if (raw === undefined || raw === null || raw === '') return { contents: undefined, leaveOut };
  const given: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const lines = given.every(isPresent) && given.length <= maxItems ? given : given.filter(isPresent).slice(0, maxItems);
  const lenient = leaveOut || lines.some(isBroken);
  const contents: ContentItem[] = [];
  let number = 0;
  const report: Report = (part, isMinor) => {
    const message = `Product ${number} ${rules[part]}.`;
    const path = `contents[${number - 1}]${part === 'line' ? '' : `.${part}`}`;
    if (lenient || isMinor) {
      findings.warnings.push({ code: 'content_left_out', path, message: `${message} It was left out.`, part });
    } else findings.problems.push({ code: 'content_invalid', path, message });
  };
  for (const line of lines) {
    number++;
    const item = readItem(line, { lenient, emptyText: !leaveOut }, report);
    if (item !== undefined) contents.push(item);
  }
  return { contents: contents.length === 0 && lines.length > 0 ? undefined : contents, leaveOut: lenient };
}

/** @param isMinor it never costs the event */
type Report = (part: ContentPart, isMinor: boolean) => void;

const rules: Readonly<Record<ContentPart, string>> = {
  line: 'must be an object',
  id: 'must have an id',
  quantity: 'must have a whole number as quantity',
  item_price: 'must have a number as price',
  delivery_category: `must have one of ${deliveryCategories.join(', ')} as delivery category`,
};

/**
 * The id of a product as text.
 *
 * @param lenient undefined also for JSON: a list of products that was written as text. Segment sends it.
 */
export function readId(raw: unknown, lenient: boolean): string | undefined {
  const id = readers.text(raw);
  return lenient && id !== undefined && isJson(id) ? undefined : id;
}

/** Not what only stands in brackets or braces, as GUIDs do. */
const json = /^(?:\{\s*["}]|\[\s*(?:["[{\]]|-?\d+\s*,))/;
const isJson = (text: string): boolean => (text.startsWith('{') || text.startsWith('[')) && json.test(text);

/** Its quantity is no whole number, so that it cannot go as it is. */
export const isBroken = (line: unknown): boolean =>
  isObject(line) && isPresent(line['quantity']) && readQuantity(line['quantity']) === undefined;

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

function readQuantity(raw: unknown): number | undefined {
  const quantity = readers.integer(raw);
  return Number.isSafeInteger(quantity) ? Number(quantity) : undefined;
}

interface Reading {
  readonly lenient: boolean;
  readonly emptyText: boolean;
}

function readItem(line: unknown, { lenient, emptyText }: Reading, report: Report): ContentItem | undefined {
  if (!isObject(line)) {
    report('line', false);
    return undefined;
  }
  const given = line as ContentLine;
  const id = readId(given.id, lenient);
  const item: ContentItem = {
    id: id ?? '',
    quantity: reported(given.quantity, readQuantity, report, 'quantity'),
    item_price: reported(given.item_price, readers.number, report, 'item_price'),
    delivery_category: readDelivery(given.delivery_category, emptyText, report),
  };
  if (item.id !== '') return item;
  report('id', id !== undefined || !isPresent(given.id));
  return undefined;
}

function reported(
  raw: unknown,
  read: (raw: unknown) => number | undefined,
  report: Report,
  part: 'quantity' | 'item_price',
): number | undefined {
  if (!isPresent(raw)) return undefined;
  const value = read(raw);
  if (value === undefined) report(part, part === 'quantity');
  return value;
}

function readDelivery(raw: unknown, emptyText: boolean, report: Report): string | undefined {
  // Segment posts a null as empty text, too.
  const delivery = raw ?? (emptyText && raw === null ? '' : undefined);
  if (!isPresent(delivery) || (delivery === '' && !emptyText)) return undefined;
  if (delivery === '' || deliveryCategories.includes(delivery)) return String(delivery);
  report('delivery_category', false);
  return undefined;
}
