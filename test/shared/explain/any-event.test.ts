import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions } from '../../../shared/meta/actions/actions.ts';
import { explainEvent } from '../../../shared/explain/explain-event.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { now } from '../../support/factories.ts';
import { destinationOf, unexplained } from './support.ts';

// Every action's default mapping, for every event.
const destinations = await Promise.all(
  Object.keys(actions).flatMap((action) =>
    ['website', 'app'].map((source) => {
      const fields = {
        action_source: source,
        app_data_field: { use_app_data: source === 'app', version: 'i2', osVersion: '17.5' },
        ...(action !== 'pageView' && { custom_data: { '@path': '$.properties' } }),
        test_event_code: { '@path': '$.properties.code' },
        ...(action === 'standard' && { event_name: 'Lead' }),
      };
      return destinationOf([{ name: action, action, trigger: 'type != "never"', fields }]);
    }),
  ),
);

const oddity = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('', ' ', null, 0, 5, -1, 2 ** 53, 'null', true, false, [], {}, [[]], [null], ['a', 'b']),
  fc.constantFrom<unknown>('+49 30 1234567', 'ann@example.com', { toString: 1 }, { constructor: 1 }),
);
const likely = (...values: readonly unknown[]) =>
  fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 5 }, { arbitrary: oddity, weight: 1 });
const bag = (members: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
  fc.record(members, { requiredKeys });

const product = {
  sku: likely('S-1', 'ann@example.com'),
  quantity: likely(1, '2', 1.5, null),
  price: likely(9.99, '9.99', 'n/a'),
};
const person = bag({
  email: likely('a@example.com', 'A@EXAMPLE.COM ', ['a@example.com']),
  phone: likely('+1 555 010 4477', '030 1234567', 15550104477),
  name: likely('Ann Lee', 'Ann'),
  firstName: likely('Ann', ''),
  birthday: likely('1990-02-28'),
  address: bag({ city: likely('Ulm'), postalCode: likely('89073'), country: likely('DE', 'Germany') }),
});
const event = bag(
  {
    type: likely('track', 'page', 'identify'),
    event: likely('Order Completed'),
    messageId: likely('m-1'),
    userId: likely('user-1', ''),
    anonymousId: likely('user-1', 'visitor-1'),
    timestamp: likely('2026-03-10T11:59:00.000Z', '2026-03-10T12:00:30.000Z', 1773143940),
    traits: person,
    context: bag({
      traits: person,
      ip: likely('203.0.114.7', '10.0.0.1'),
      userAgent: likely('Browser/1.0'),
      page: bag({
        url: likely('https://shop.example/?fbclid=abc', 'https://shop.example/a@b.example', ['x?fbclid=a']),
      }),
      app: bag({ namespace: likely('com.example'), version: likely('1.2.3', 3) }),
      dataProcessingOptions: likely([['LDU'], 0, 0], [[]]),
    }),
    properties: bag({
      ...product,
      products: fc.oneof(fc.array(fc.oneof({ arbitrary: bag(product), weight: 4 }, oddity), { maxLength: 4 }), oddity),
      revenue: likely(25, '25.50'),
      value: likely(25),
      currency: likely('EUR', 'eur', 'XYZ?'),
      order_id: likely('O-1', 17),
      fbc: likely('fb.1.1596403881668.abc', 'fb.1.', { fbclid: 'abc', observed_at_ms: 1_700_000_000_000 }),
      fbp: likely('fb.1.1596403881668.1116446470'),
      code: likely('TEST1'),
      note: likely('call +49 30 1234567 now'),
    }),
  },
  ['timestamp', 'context', 'properties'],
) as fc.Arbitrary<JsonObject>;

const explanationsOf = (given: JsonObject) =>
  destinations.map((destination) => explainEvent(given, destination, { now }));

describe('any event', () => {
  it('is explained as it is planned, no member of the server event left out', () => {
    let ready = 0;
    fc.assert(
      fc.property(event, (given) => {
        for (const destination of destinations) {
          const [verdict] = planEvent(given, destination, now);
          const [mapping] = explainEvent(given, destination, { now }).mappings;
          if (mapping?.outcome?.status === 'ready') ready++;
          const json = mapping?.outcome?.status === 'ready' ? mapping.outcome.json : undefined;
          expect(json).toBe(verdict?.status === 'ready' ? verdict.json : undefined);
          expect(mapping && unexplained(mapping)).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );

    expect(ready).toBeGreaterThan(50);
  });

  it('has a word on every value that was not sent', () => {
    fc.assert(
      fc.property(event, (given) => {
        const mappings = explanationsOf(given).flatMap((explanation) => explanation.mappings);
        for (const { outcome, fields } of mappings) {
          if (outcome?.status !== 'ready') continue;
          const silent = fields.filter(({ raw, sent, dropped, notes }) => {
            const isGiven = raw !== undefined && raw !== null && raw !== '';
            return isGiven && sent === undefined && dropped === undefined && notes.length === 0;
          });
          expect(silent).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stays as it was', () => {
    fc.assert(
      fc.property(event, (given) => {
        const before = fc.stringify(given);
        explanationsOf(given);

        expect(fc.stringify(given)).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  it('may be no event at all', () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: true }), (given) => {
        expect(() => explanationsOf(given as JsonObject)).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });
});
