import type { JsonObject } from '../../shared/segment/event.ts';

const pad = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** An order with everything that a mapping reads. */
const complete: JsonObject = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'm-1',
  userId: 'u-1',
  anonymousId: 'a-1',
  timestamp: '2026-03-10T11:59:00.000Z',
  receivedAt: '2026-03-10T12:00:00.000Z',
  integrations: { All: true },
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
    traits: {
      email: 'ann@example.com',
      phone: '+16505551212',
      firstName: 'Ann',
      lastName: 'Doe',
      name: 'Ann Doe',
      birthday: '1990-01-31',
      gender: 'female',
      address: { city: 'Berlin', state: 'BE', postalCode: '10115', country: 'DE', street: 's' },
    },
  },
};

type Put = (event: Record<string, unknown>, text: string) => void;

/** Where in an event a hostile text can stand; the last ones cut it into many. */
export const hostilePlaces: ReadonlyMap<string, Put> = new Map([
  ...leaves(complete, []).map((steps): [string, Put] => [steps.join('.'), (event, text) => put(event, steps, text)]),
  ['properties.phone.number', (event, text) => put(event, ['properties', 'phone'], { number: text })],
  ['properties.email.value', (event, text) => put(event, ['properties', 'email'], { value: text })],
  ['a list of emails', (event, text) => put(event, ['context', 'traits', 'email'], parts(text, 200))],
  ['a list of phones', (event, text) => put(event, ['context', 'traits', 'phone'], parts(text, 30))],
  ['the name of a member', (event, text) => put(event, ['properties', text], 'x')],
  ['names of members', (event, text) => put(event, ['properties', 'more'], members(parts(text, 40), true))],
  ['many members', (event, text) => put(event, ['properties', 'more'], members(parts(text, 40), false))],
  ['many phones', (event, text) => put(event, ['properties', 'phone'], members(parts(text, 25), false))],
  [
    'many lines',
    (event, text) =>
      put(
        event,
        ['properties', 'products'],
        parts(text, 100).map((id) => ({ product_id: id })),
      ),
  ],
  [
    'many ids',
    (event, text) =>
      put(
        event,
        ['properties', 'products'],
        parts(text, 12).map((sku) => ({ sku, quantity: 'x' })),
      ),
  ],
  ['deep within', (event, text) => put(event, ['properties', 'deep'], nested(text, 90))],
  ['a list of texts', (event, text) => put(event, ['properties', 'list'], parts(text, 20))],
  [
    'a list of numbers',
    (event, text) =>
      put(
        event,
        ['properties', 'list'],
        parts(text, 16).map(() => 1234567890123),
      ),
  ],
  [
    'phones as numbers',
    (event, text) =>
      put(
        event,
        ['properties', 'phones'],
        parts(text, 16).map(() => 1234567890123),
      ),
  ],
]);

/** @param place of `hostilePlaces` */
export function hostileEvent(place: string, text: string, type = 'track', name = 'Order Completed'): JsonObject {
  const event: Record<string, unknown> = { ...structuredClone(complete), type, event: name };
  hostilePlaces.get(place)?.(event, text);
  return event;
}

/** The same order with as many bytes of a plain description. */
export const ordinaryEvent = (bytes: number): JsonObject =>
  hostileEvent('properties.note', pad('A pair of shoes, as good as new. ', bytes));

function leaves(value: unknown, steps: readonly string[]): string[][] {
  if (typeof value === 'string') return [[...steps]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...steps, key]));
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

const members = (texts: readonly string[], asNames: boolean): JsonObject =>
  Object.fromEntries(texts.map((text, index) => (asNames ? [`${index}${text}`, 1] : [`m${index}`, text])));

const nested = (text: string, depth: number): unknown => (depth === 0 ? text : { a: nested(text, depth - 1) });
