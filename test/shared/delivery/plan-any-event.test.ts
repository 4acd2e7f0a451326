import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions } from '../../../shared/meta/actions/actions.ts';
import { Config } from '../../../shared/config/config.ts';
import { actionSources } from '../../../shared/meta/event/action-source.ts';
import { ServerEvent } from '../../../shared/meta/event/server-event.ts';
import { compileDestinations } from '../../../shared/delivery/compile-destinations.ts';
import type { Destination } from '../../../shared/delivery/destination.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { segmentLimits } from '../../../shared/segment/limits.ts';
import { now } from '../../support/factories.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

// Every action's default mapping, for every event and with every action source that a mapping can name.
const mappings = Object.keys(actions).flatMap((action) =>
  actionSources.map((source) => ({
    name: `${action} ${source}`,
    action,
    trigger: 'type != "never"',
    fields: { action_source: source, app_data_field: { use_app_data: source === 'app' } },
  })),
);
const { destinations: configured } = Config.parse({
  sources: {},
  destinations: { main: { datasetId: '1', accessTokenSecret: 'token', mappings } },
});
// Each mapping carries the same event id: one destination each, so that none is taken for a repetition.
const destinations = await Promise.all(
  mappings.map(async ({ name }) => {
    const main = configured['main'] as Destination['config'];
    const only = { ...main, mappings: main.mappings.filter((mapping) => mapping.name === name) };
    return (await compileDestinations({ sources: {}, destinations: { main: only } }, sha256Hex)).get(
      'main',
    ) as Destination;
  }),
);

const oddity = fc.oneof(
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
const event = fc.record(
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

const verdictsOf = (given: JsonObject) => destinations.flatMap((destination) => planEvent(given, destination, now));

describe('any event under any default mapping', () => {
  it('becomes a strict server event, or a stated reason why not', () => {
    let ready = 0;
    fc.assert(
      fc.property(event, (given) => {
        for (const verdict of verdictsOf(given)) {
          if (verdict.status !== 'ready') continue;
          ready++;
          const { success, error } = ServerEvent.safeParse(JSON.parse(verdict.json));
          expect(success, `${error?.message} ${verdict.json}`).toBe(true);
        }
      }),
      { numRuns: 300 },
    );

    expect(ready).toBeGreaterThan(50);
  });

  it('becomes the same every time, and stays as it was', () => {
    fc.assert(
      fc.property(event, (given) => {
        const before = fc.stringify(given);

        expect(verdictsOf(given)).toEqual(verdictsOf(given));
        expect(fc.stringify(given)).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  it('may be no event at all', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: false }).filter((value) => {
      return typeof value === 'object' && value !== null;
    });
    fc.assert(
      fc.property(anything, (given) => {
        expect(() => verdictsOf(given as JsonObject)).not.toThrow();
      }),
    );
  });

  it('may be nested as deeply as ingest lets through', () => {
    const levels = segmentLimits.eventDepth / 2;
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`);
    const bag = { products: deep, value: deep, currency: deep, fbc: deep };
    const given = { type: 'track', event: deep, userId: deep, properties: bag, context: deep, traits: deep };

    expect(() => verdictsOf(given)).not.toThrow();
  });
});
