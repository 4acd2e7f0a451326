import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import localConfig from '../../../../config/local.ts';
import { judge } from '../../../../local/graph-stand-in/judge.ts';
import { Config } from '../../../../shared/config/config.ts';
import { compileDestinations } from '../../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../../shared/meta/destination.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { anyEvent, oddity } from '../../../support/any-event.ts';

const now = new Date('2026-03-10T12:00:00.900Z');

async function mainOf(config: Config): Promise<CompiledDestination> {
  return (await compileDestinations(config, sha256Hex)).get('main') as CompiledDestination;
}

const destinationWith = (fields: object, defaults: boolean) =>
  mainOf(
    Config.parse({
      sources: {},
      destinations: {
        main: {
          datasetId: '1',
          accessTokenSecret: 'token',
          mappings: [
            { name: 'all', action: 'custom', trigger: 'type != "never"', defaults, fields },
            { name: 'search', action: 'search', trigger: 'type != "never"', defaults, fields },
          ],
        },
      },
    }),
  );

const allProperties = { custom_data: { '@path': '$.properties' }, action_source: 'website' };
const fromSegment = {
  ...allProperties,
  event_name: { '@path': '$.event' },
  event_time: { '@path': '$.timestamp' },
  user_data: { email: { '@path': '$.context.traits.email' }, client_user_agent: { '@path': '$.context.userAgent' } },
};

const destinations = {
  'the shipped mapping': await mainOf(localConfig),
  'a mapping of all properties': await destinationWith(allProperties, true),
  'a mapping of all properties that came from Segment': await destinationWith(fromSegment, false),
};

/** Members of `custom_data` that Meta defines, of any type. */
const reserved = fc.record(
  Object.fromEntries(
    [
      ...['value', 'currency', 'content_ids', 'contents', 'content_type', 'content_name', 'content_category'],
      ...['num_items', 'order_id', 'item_number', 'net_revenue', 'search_string', 'status', 'delivery_category'],
    ].map((name) => [
      name,
      fc.oneof(
        oddity,
        fc.constantFrom<unknown>('12.50', 'EUR', ['a'], [{ id: 'a', quantity: 1.5 }], [{ sku: 'a' }], 'curbside'),
      ),
    ]),
  ),
  { requiredKeys: [] },
);

/** Named as Meta does, so that its own rules for the event hold. */
const names = fc.constantFrom('Order Completed', 'Product Added', 'Products Searched', 'Purchase', 'Lead', 'Something');

/** Ages around the last that Meta takes, to the millisecond. */
const times = fc
  .oneof(fc.constant(60_000), fc.integer({ min: 7 * 86_400_000 - 120_000, max: 7 * 86_400_000 + 2_000 }))
  .map((age) => new Date(now.getTime() - age).toISOString());

const events = fc.tuple(anyEvent, reserved, names, times).map(([event, more, name, timestamp]): JsonObject => {
  const { properties, context } = event;
  const odd = typeof properties === 'object' && !Array.isArray(properties) ? properties : {};
  return {
    ...event,
    type: event['type'] === 'page' ? 'page' : 'track',
    event: name,
    messageId: 'm-1',
    timestamp,
    receivedAt: now.toISOString(),
    properties: { ...odd, ...more },
    context: {
      userAgent: 'Browser/1.0',
      ip: '203.0.113.7',
      traits: { email: 'a@example.com' },
      ...(context as object),
    },
  };
});

describe('whatever the checks let pass', () => {
  it.each(Object.entries(destinations))('the stand-in takes: %s', (_, destination) => {
    let ready = 0;
    fc.assert(
      fc.property(events, (event) => {
        for (const verdict of planEvent(event, destination, now)) {
          if (verdict.status !== 'ready') continue;
          ready++;
          expect(judge({}, [JSON.parse(verdict.json)], now), verdict.json).toBeUndefined();
        }
      }),
      { numRuns: 1_500, seed: 12_006 },
    );

    expect(ready).toBeGreaterThan(200);
  });
});
