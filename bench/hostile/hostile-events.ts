import type { JsonObject } from '../../shared/segment/event.ts';
import { type HostileRecipe, hostileText } from './hostile-texts.ts';

const traits: JsonObject = {
  email: 'ann@example.com',
  phone: '+16505551212',
  firstName: 'Ann',
  lastName: 'Doe',
  name: 'Ann Doe',
  birthday: '1990-01-31',
  gender: 'female',
  address: { city: 'Berlin', state: 'BE', postalCode: '10115', country: 'DE', street: 's' },
};

/** An event with everything that a mapping reads. */
const complete: JsonObject = {
  type: 'track',
  event: 'Order Completed',
  name: 'Shop',
  category: 'Shoes',
  messageId: 'm-1',
  userId: 'u-1',
  anonymousId: 'a-1',
  groupId: 'g-1',
  previousId: 'p-1',
  timestamp: '2026-03-10T11:59:00.000Z',
  originalTimestamp: '2026-03-10T11:59:00.000Z',
  sentAt: '2026-03-10T11:59:30.000Z',
  integrations: { All: true, 'Facebook Conversions API': { a: 'b' } },
  traits,
  properties: {
    order_id: 'o-1',
    checkout_id: 'c-1',
    revenue: '12.50',
    value: '12.50',
    total: '12.50',
    currency: 'EUR',
    query: 'shoes',
    category: 'shoes',
    name: 'Shoe',
    email: 'ann@example.com',
    phone: '+16505551212',
    fbc: 'fb.1.1700000000000.abc',
    fbp: 'fb.1.1700000000000.123',
    quantity: '1',
    price: '12.50',
    product_id: 'p-1',
    sku: 's-1',
    url: 'https://shop.example/a',
    referrer: 'https://shop.example/b',
    search: '?a=1',
    num_items: '1',
    note: 'by the door',
    products: [
      {
        product_id: 'p-1',
        sku: 's-1',
        name: 'Shoe',
        price: '12.50',
        quantity: '1',
        category: 'shoes',
        url: 'https://a.example/',
      },
    ],
  },
  context: {
    ip: '198.51.100.7',
    userAgent: 'Mozilla/5.0',
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    fbc: 'fb.1.1700000000000.abc',
    fbp: 'fb.1.1700000000000.123',
    fbclid: 'abc',
    subscription_id: 's-1',
    lead_id: '1234567890123456',
    fb_login_id: '1234567890123456',
    dataProcessingOptions: ['LDU', 1, 1000],
    consent: { categoryPreferences: { a: true } },
    library: { name: 'analytics.js', version: '2.1.0' },
    page: {
      url: 'https://shop.example/?a=1',
      referrer: 'https://a.example/',
      path: '/',
      title: 'Shop',
      search: '?a=1',
    },
    campaign: { source: 'x', name: 'y' },
    device: { id: 'd-1', advertisingId: 'ad-1', model: 'x', type: 'ios' },
    app: { name: 'app', version: '1', namespace: 'a.b', build: '1' },
    os: { version: '1' },
    network: { carrier: 'c' },
    traits: structuredClone(traits),
  },
};

/** Kinds of the event: what else stands in it for each of them. */
export const hostileKinds: ReadonlyMap<string, JsonObject> = new Map([
  ['order', {}],
  ['product', { event: 'Product Viewed' }],
  ['search', { event: 'Products Searched' }],
  ['page', { type: 'page' }],
  ['identify', { type: 'identify' }],
]);

type Put = (event: Record<string, unknown>, value: unknown) => void;

/** Where in an event a hostile value can stand. */
export const hostilePlaces: ReadonlyMap<string, Put> = new Map([
  ...stepsTo(complete, []).map((steps): [string, Put] => [steps.join('.'), (event, value) => put(event, steps, value)]),
  [
    'the name of a member',
    (event, value) => put(event, ['properties', typeof value === 'string' ? value : 'x'], value),
  ],
]);

/** Values that a hostile text can come as: whole, or cut into many. */
export const hostileShapes: ReadonlyMap<string, (text: string) => unknown> = new Map([
  ['text', (text) => text],
  ['value', (text) => ({ value: text, number: text, id: text })],
  ['list of long texts', (text) => parts(text, 200)],
  ['list of texts', (text) => parts(text, 25)],
  ['list of short texts', (text) => parts(text, 3)],
  ['list of numbers', (text) => parts(text, 14).map(() => 1234567890123)],
  ['list of digits', (text) => parts(text, 2).map(() => 1)],
  ['list of nulls', (text) => parts(text, 5).map(() => null)],
  ['list of lists', (text) => parts(text, 3).map(() => [])],
  ['list of objects', (text) => parts(text, 3).map(() => ({}))],
  ['lists of lists', (text) => parts(text, 400).map((part) => parts(part, 4).map(() => [1]))],
  ['lines', (text) => parts(text, 25).map((id) => ({ id, product_id: id }))],
  ['short lines', (text) => parts(text, 12).map((sku) => ({ sku, quantity: 'x' }))],
  ['broken lines', (text) => parts(text, 15).map(() => ({ quantity: '' }))],
  ['members', (text) => members(parts(text, 25), false)],
  ['short members', (text) => members(parts(text, 7), false)],
  ['names of members', (text) => members(parts(text, 25), true)],
  ['members of numbers', (text) => members(parts(text, 16), false, 1234567890123)],
  ['members of objects', (text) => members(parts(text, 20), false, { a: 1, phone: 2 })],
  ['deep', (text) => nested(text, 90)],
  ['deep lists', (text) => parts(text, 200).map((part) => nested(part.slice(0, 20), 25))],
  ['a list as JSON', (text) => JSON.stringify(parts(text, 25))],
  ['lines as JSON', (text) => JSON.stringify(parts(text, 15).map((id) => ({ id })))],
  ['lines as JSON in JSON', (text) => JSON.stringify(JSON.stringify(parts(text, 15).map((id) => ({ id }))))],
  ['lines, each as JSON', (text) => parts(text, 15).map((id) => JSON.stringify({ id }))],
  ['lines, many to a JSON', (text) => parts(text, 300).map((part) => `{"a":${JSON.stringify(parts(part, 4))}}`)],
  ['lines in lists', (text) => parts(text, 400).map((part) => parts(part, 20).map((id) => ({ id })))],
  ['lines of lists', (text) => parts(text, 40).map((part) => ({ id: parts(part, 3), quantity: [[1]] }))],
  ['lines of texts', (text) => parts(text, 60).map((id) => ({ id, price: id, title: id, brand: id, quantity: id }))],
  ['lists of lists as JSON', (text) => JSON.stringify(parts(text, 40).map((part) => parts(part, 4).map(() => [])))],
  ['an object as JSON', (text) => JSON.stringify(members(parts(text, 25), false))],
  ['members of lists', (text) => members(parts(text, 20), false, [[1], 2])],
  ['positions', (text) => Object.fromEntries(parts(text, 20).map((id, index) => [index, { id }]))],
]);

/** A hostile event: of which kind, where, as what, and of which text. */
export interface HostileSpot {
  readonly kind: string;
  readonly place: string;
  readonly shape: string;
  readonly recipe: HostileRecipe;
}

/**
 * An event with a hostile value in one of its places, as long as the event as JSON can hold.
 *
 * @param bytes of the event
 */
export function hostileEvent({ kind, place, shape, recipe }: HostileSpot, bytes: number): JsonObject {
  const plain = { ...complete, ...hostileKinds.get(kind) };
  let room = bytes - jsonBytes(plain);
  for (;;) {
    const event: Record<string, unknown> = structuredClone(plain);
    const value = hostileShapes.get(shape)?.(hostileText(recipe, room));
    hostilePlaces.get(place)?.(event, value);
    const size = jsonBytes(event);
    // A text that is cut into many takes as much again for what stands around them.
    if (size <= bytes || room < 1_000) return event;
    room = Math.floor((room * bytes * 0.99) / size);
  }
}

const ordinary: HostileRecipe = { start: '', unit: ['A pair of shoes, as good as new. '], end: '' };

/** The same order with as many bytes of a plain description. */
export const ordinaryEvent = (bytes: number): JsonObject =>
  hostileEvent({ kind: 'order', place: 'properties.note', shape: 'text', recipe: ordinary }, bytes);

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The steps to every member, those that hold others included. */
function stepsTo(value: unknown, steps: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [[...steps]];
  const inner = Object.entries(value).flatMap(([key, member]) => stepsTo(member, [...steps, key]));
  return steps.length === 0 ? inner : [[...steps], ...inner];
}

function put(event: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  let holder = event;
  for (const step of steps.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  holder[steps.at(-1) ?? ''] = value;
}

const parts = (text: string, length: number): string[] =>
  Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );

const members = (texts: readonly string[], asNames: boolean, value?: unknown): JsonObject =>
  Object.fromEntries(texts.map((text, index) => (asNames ? [`${index}${text}`, 1] : [`m${index}`, value ?? text])));

const nested = (text: string, depth: number): unknown => (depth === 0 ? text : { a: nested(text, depth - 1) });
