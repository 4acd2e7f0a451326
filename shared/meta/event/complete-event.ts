import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import { maxItems } from '../../mapping/limits.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';

/**
 * An event with what senders write in another place or form brought to where mappings look for it, as far as it is
 * unambiguous. Mappings that came from Segment see events as they are.
 *
 * @returns the event itself where there is nothing to bring
 */
export function completeEvent(event: JsonObject): JsonObject {
  const properties = withProducts(event['properties']);
  const context = withPage(event);
  if (properties === event['properties'] && context === event['context']) return event;
  return { ...event, ...(properties !== undefined && { properties }), ...(context !== undefined && { context }) };
}

function withProducts(properties: unknown): unknown {
  if (!isObject(properties)) return properties;
  const { products } = properties;
  if (products === undefined || Array.isArray(products)) return properties;
  const list = productList(products);
  return list === products ? properties : { ...properties, products: list };
}

/** Positions in a list. */
const position = /^\d+$/;

/**
 * Products as a list: from JSON text, and from an object of positions (`{"0": …, "2": …}`), which is what PHP makes of a list with
 * gaps. Text that says nothing of the kind, and any other value, becomes a list of itself, of which no product can be read.
 */
function productList(products: unknown): unknown {
  if (typeof products === 'string') {
    if (products.trim() === '') return products;
    const parsed = jsonOrNothing(products);
    return typeof parsed === 'object' && parsed !== null ? asList(parsed) : [products];
  }
  // A lone number would be taken for the id of a product.
  return typeof products === 'object' ? asList(products) : [products];
}

function asList(products: unknown): unknown {
  if (!isObject(products)) return products;
  const list: unknown[] = [];
  for (const key in products) {
    if (!position.test(key)) return products;
    list.push(products[key]);
    // One more than is looked at, so that the reader of the lines tells it.
    if (list.length > maxItems) break;
  }
  return list;
}

/**
 * The context with the whole URL of its page. A page call says it in its properties as well. Libraries that take the
 * canonical URL lose the query, which has the click id, and send it as `search` beside it.
 */
function withPage({ type, context, properties }: JsonObject): unknown {
  if (context !== undefined && !isObject(context)) return context;
  const page = isObject(context?.['page']) ? context['page'] : {};
  if (type !== 'page' && textOf(page['search']) === undefined) return context;
  const own = type === 'page' && isObject(properties) ? properties : {};
  const url = textOf(page['url']) ?? textOf(own['url']);
  const referrer = textOf(page['referrer']) ?? textOf(own['referrer']);
  const search = textOf(page['search']) ?? textOf(own['search']);
  const whole = url === undefined || search === undefined ? url : withQuery(url, search);
  const isSame = (name: string, value: string | undefined): boolean => value === undefined || value === page[name];
  if (isSame('url', whole) && isSame('referrer', referrer) && isSame('search', search)) return context;
  const said = Object.entries({ url: whole, referrer, search }).filter(([, value]) => value !== undefined);
  return { ...context, page: { ...page, ...Object.fromEntries(said) } };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function withQuery(url: string, search: string): string {
  if (search.length < 2 || !search.startsWith('?') || url.includes('?')) return url;
  const mark = url.indexOf('#');
  return mark === -1 ? `${url}${search}` : `${url.slice(0, mark)}${search}${url.slice(mark)}`;
}
