import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import type { MemberTree } from '../../lib/json/reader/member-tree.ts';
import { maxItems } from '../../mapping/limits.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import { withAddressNames, withTraitNames } from '../user-data/trait-names.ts';
import { eventUrl } from './event-url.ts';

/**
 * An event with what senders write in another place or form brought to where mappings look for it, as far as it is
 * unambiguous. Mappings that came from Segment see events as they are.
 *
 * @returns the event itself where there is nothing to bring
 */
export function completeEvent(event: JsonObject): JsonObject {
  const properties = withProducts(event['properties']);
  const context = withTraits(withPage(event));
  const traits = usualTraits(event['traits']);
  if (properties === event['properties'] && context === event['context'] && traits === event['traits']) return event;
  return {
    ...event,
    ...(properties !== undefined && { properties }),
    ...(context !== undefined && { context }),
    ...(traits !== undefined && { traits }),
  };
}

/** Members that it looks at, added to those that a mapping wants. */
export function wantedToComplete(tree: MemberTree): MemberTree {
  for (const bag of [['properties'], ['context', 'page']])
    for (const name of ['url', 'referrer', 'search']) tree.add([...bag, name]);
  return tree.add(['type']).addList(['properties', 'products']).add(['context', 'traits']).add(['traits']);
}

function withProducts(properties: unknown): unknown {
  if (!isObject(properties)) return properties;
  const { products } = properties;
  if (products === undefined) return properties;
  const given = Array.isArray(products) ? products : productList(products);
  const list = Array.isArray(given) ? withReadProducts(given) : given;
  return list === products ? properties : { ...properties, products: list };
}

/** The context with its traits under their usual names. */
function withTraits(context: unknown): unknown {
  if (!isObject(context)) return context;
  const traits = usualTraits(context['traits']);
  return traits === context['traits'] ? context : { ...context, traits };
}

/** Traits under their usual names, and so their address. Either may be JSON text, the address a list of one. */
function usualTraits(given: unknown): unknown {
  if (given === undefined) return given;
  const traits = readBag(given);
  if (!isObject(traits)) return traits;
  const named = withTraitNames(traits);
  const raw = named['address'];
  if (raw === undefined) return named;
  const address = readBag(Array.isArray(raw) && raw.length === 1 ? raw[0] : raw);
  const usual = isObject(address) ? withAddressNames(address) : raw;
  return usual === raw ? named : { ...named, address: usual };
}

/** An object out of its JSON text; any other value as it is. */
function readBag(value: unknown): unknown {
  const read = isJsonText(value) ? jsonOrNothing(value) : undefined;
  return isObject(read) ? read : value;
}

/** Positions in a list. */
const position = /^\d+$/;

/**
 * Products as a list: from JSON text, and from an object of positions (`{"0": …, "2": …}`), which is what PHP makes of a list with
 * gaps, or of products by their ids. Text that says nothing of the kind, and any other value, becomes a list of itself, of which
 * no product can be read.
 */
function productList(products: unknown): unknown {
  if (typeof products === 'string') {
    if (products.trim() === '') return products;
    const parsed = parsedText(products);
    return typeof parsed === 'object' && parsed !== null ? asList(parsed) : [products];
  }
  // A lone number would be taken for the id of a product.
  return typeof products === 'object' ? asList(products) : [products];
}

function asList(products: unknown): unknown {
  if (!isObject(products)) return products;
  const list: unknown[] = [];
  let arePositions = true;
  let areObjects = true;
  for (const key in products) {
    const value = products[key];
    arePositions &&= position.test(key);
    areObjects &&= isObject(value);
    if (!arePositions && !areObjects) return products;
    list.push(value);
    // One more than is looked at, so that the reader of the lines tells it.
    if (list.length > maxItems) break;
  }
  return list;
}

/** JSON text may have been written as JSON once more. */
function parsedText(text: string): unknown {
  const parsed = jsonOrNothing(text);
  return typeof parsed === 'string' ? jsonOrNothing(parsed) : parsed;
}

/** A list of products that are lists or JSON text themselves; the list itself where none is. */
function withReadProducts(products: readonly unknown[]): readonly unknown[] {
  const seen = products.length > maxItems + 1 ? products.slice(0, maxItems + 1) : products;
  if (!seen.some((product) => Array.isArray(product) || isJsonText(product))) return products;
  return seen.flatMap((product) => (isJsonText(product) ? (jsonOrNothing(product) ?? product) : product));
}

const isJsonText = (value: unknown): value is string => typeof value === 'string' && /^\s*\{/.test(value);

/**
 * The context with the whole URL of its page. A page call says it in its properties as well. Libraries that take the
 * canonical URL lose the query, which has the click id, and send it as `search` beside it.
 */
function withPage({ type, context, properties }: JsonObject): unknown {
  if (context !== undefined && !isObject(context)) return context;
  const page = isObject(context?.['page']) ? context['page'] : {};
  if (type !== 'page' && textOf(page['search']) === undefined) return context;
  const own = type === 'page' && isObject(properties) ? properties : {};
  const url = urlOf(page['url'], own['url']);
  const referrer = urlOf(page['referrer'], own['referrer']);
  const search = textOf(page['search']) ?? textOf(own['search']);
  const whole = url === undefined || search === undefined ? url : withQuery(url, search);
  const isSame = (name: string, value: string | undefined): boolean => value === undefined || value === page[name];
  if (isSame('url', whole) && isSame('referrer', referrer) && isSame('search', search)) return context;
  const said = Object.entries({ url: whole, referrer, search }).filter(([, value]) => value !== undefined);
  return { ...context, page: { ...page, ...Object.fromEntries(said) } };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The first that is a whole URL, else the first that says something. */
function urlOf(first: unknown, second: unknown): string | undefined {
  const [a, b] = [textOf(first), textOf(second)];
  return b !== undefined && (a === undefined || (eventUrl(a) === undefined && eventUrl(b) !== undefined)) ? b : a;
}

function withQuery(url: string, search: string): string {
  const query = search.startsWith('?') ? search : `?${search}`;
  if (query.length < 2 || !query.includes('=') || url.includes('?')) return url;
  const mark = url.indexOf('#');
  return mark === -1 ? `${url}${query}` : `${url.slice(0, mark)}${query}${url.slice(mark)}`;
}
