import fc from 'fast-check';
import type { JsonObject } from '../../shared/segment/event.ts';

/** Values of every type that no sender means. */
export const oddity = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>('', ' ', null, 0, -0, 1e300, -1, 2 ** 53, 0.1, Number.MAX_VALUE, '1e400', 'NaN', 'null'),
  fc.constantFrom<unknown>(true, false, [], {}, [[]], [null], ['a', 'b'], { toString: 1 }, { '@path': '$.userId' }),
);
const likely = (...values: readonly unknown[]) => fc.oneof(fc.constantFrom(...values), oddity);
const maybe = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof({ arbitrary: fc.record(members, { requiredKeys: [] }), weight: 6 }, { arbitrary: oddity, weight: 1 });

const product = {
  product_id: likely('P-1', 7),
  sku: likely('S-1'),
  quantity: likely(1, '2', 1.5, null),
  price: likely(9.99, '9.99', 'n/a'),
};
const person = maybe({
  email: likely('a@example.com', 'A@EXAMPLE.COM ', ['a@example.com', 'b@example.com']),
  phone: likely('+1 555 010 4477', 15550104477),
  firstName: likely('Ann', 'Zoë'),
  lastName: likely('Lee'),
  gender: likely('f', 'male'),
  birthday: likely('1990-02-28', '2/28/1990', '1990-02-28T00:00:00Z'),
  address: maybe({
    city: likely('Austin'),
    state: likely('Texas'),
    postalCode: likely('78701-1234'),
    country: likely('US', 'United States'),
  }),
});
/** Events as senders make them, with odd values in any place that a mapping reads. */
export const anyEvent = fc.record(
  {
    type: likely('track', 'page', 'identify'),
    event: likely('Order Completed', 'Product Added'),
    messageId: likely('m-1'),
    userId: likely('user-1', ''),
    anonymousId: likely('anonymous-1'),
    timestamp: likely('2026-03-10T11:59:00.000Z', '2026-03-10T11:59:00', 1773143940, '1773143940000', 'yesterday'),
    integrations: likely({ All: true }),
    traits: person,
    context: maybe({
      traits: person,
      ip: likely('203.0.113.7', '2001:db8::1', '10.0.0.1'),
      userAgent: likely('Browser/1.0'),
      locale: likely('en-US'),
      timezone: likely('Europe/Berlin'),
      page: maybe({ url: likely('https://shop.example/?fbclid=abc', 'https://shop.example/?fbclid=%E0%A4%A') }),
      device: maybe({ advertisingId: likely('AD-1'), adTrackingEnabled: likely(true) }),
      app: maybe({ namespace: likely('com.example'), version: likely('1.2.3', 3) }),
      screen: maybe({ width: likely(320), height: likely(640), density: likely(2) }),
    }),
    properties: maybe({
      ...product,
      products: fc.oneof(fc.array(maybe(product), { maxLength: 4 }), oddity),
      revenue: likely(25, '25.50'),
      value: likely(25),
      currency: likely('EUR', 'eur', 'XYZ'),
      order_id: likely('O-1', 17),
      query: likely('shoes'),
      fbc: likely('fb.1.1596403881668.abc', 'fb.1.', { fbclid: 'abc', observed_at_ms: 1 }),
      fbp: likely('fb.1.1596403881668.1116446470'),
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
