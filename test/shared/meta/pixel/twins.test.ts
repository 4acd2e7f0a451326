import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Twin, twinsOf } from '../../../../browser/program.ts';
import { examples } from '../../../../examples/examples.ts';
import { presetExamples } from '../../../../examples/presets/preset-examples.ts';
import type { ConfigInput } from '../../../../shared/config/config.ts';
import { defineConfig } from '../../../../shared/config/define-config.ts';
import { compileDestinationsNow } from '../../../../shared/meta/compile-destinations.ts';
import { pixelProgramOf } from '../../../../shared/meta/pixel/pixel-program-of.ts';
import type { PixelProgram } from '../../../../shared/meta/pixel/pixel-program.ts';
import type { MappingInput } from '../../../../shared/meta/presets/mapping-input.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import { segmentMappings } from '../../../../shared/meta/presets/segment-mappings.ts';
import { standardEventMappings } from '../../../../shared/meta/presets/standard-event-mappings.ts';
import { checkEvent } from '../../../../shared/segment/check-event.ts';
import { isObject, type JsonObject } from '../../../../shared/segment/event.ts';
import { anyEvent } from '../../../support/any-event.ts';
import { now, sha256 } from '../../../support/factories.ts';

interface Side {
  readonly twins: readonly Twin[];
  /** Something that must not be sent was, or may be, in the event. */
  readonly isGuarded: boolean;
  /** Paths of what stands against the event. */
  readonly refused: readonly string[];
}

interface Both {
  readonly server: (event: JsonObject) => Side | undefined;
  readonly page: (event: JsonObject) => readonly Twin[];
}

/** Server and page of one configuration. */
function both(destination: Partial<ConfigInput['destinations'][string]> & { mappings: MappingInput[] }): Both {
  const config = defineConfig({
    sources: { web: { writeKeyHashes: [sha256('web-key')], destinations: ['main'], messageIdPrefix: 'web-' } },
    destinations: {
      main: { datasetId: '1234567890123456', accessTokenSecret: 'a', pixel: { mirror: true }, ...destination },
    },
  });
  const main = compileDestinationsNow(config, sha256).get('main');
  const program = JSON.parse(JSON.stringify(pixelProgramOf(config, 'web'))) as PixelProgram;
  return {
    server: (event) => {
      const sent = JSON.parse(JSON.stringify(event)) as JsonObject;
      const checked = checkEvent(sent, {
        source: 'web',
        receivedAt: now,
        randomId: () => 'made',
        messageIdPrefix: 'web-',
        connection: { isBrowser: true, address: () => '203.0.114.7', userAgent: 'Browser/1.0' },
      });
      if ('rejection' in checked) return undefined;
      const queued = JSON.parse(checked.json) as JsonObject;
      const built = (main?.candidates(queued) ?? [])
        .filter(({ matches }) => matches(queued))
        .map(({ build }) => build(queued, now));
      return {
        // Without an id Meta would count the page's event as another one.
        twins: built.flatMap((each) => ('json' in each && each.eventId !== undefined ? [twinIn(each.json)] : [])),
        isGuarded: built.some(
          (each) =>
            'warnings' in each &&
            each.warnings.some(({ code }) => code === 'personal_data_removed' || code === 'text_too_long'),
        ),
        refused: built.flatMap((each) => ('problems' in each ? each.problems.map(({ path = '' }) => path) : [])),
      };
    },
    page: (event) => program[0].flatMap((each) => twinsOf(program, each, event, now.getTime())),
  };
}

function twinIn(json: string): Twin {
  const { event_name, event_id, custom_data = {} } = JSON.parse(json);
  return { name: event_name, id: event_id, data: custom_data };
}

const path = (where: string) => ({ '@path': where });

const customs: MappingInput[] = [
  {
    name: 'Everything',
    action: 'custom',
    trigger: 'type = "track"',
    fields: {
      action_source: 'website',
      event_id: {
        '@if': {
          exists: path('$.properties.order_id'),
          then: path('$.properties.order_id'),
          else: path('$.messageId'),
        },
      },
      custom_data: path('$.properties'),
      custom_data_without: ['products'],
      predicted_ltv: { '@multiply': { value: path('$.properties.revenue'), by: 3 } },
    },
  },
  {
    name: 'Merged',
    action: 'custom',
    trigger:
      'type = "track" and (properties.revenue > 20 or contains(event, "Added") or !match(event, "Order*")) and userId != null',
    fields: {
      action_source: 'website',
      event_name: { '@template': 'Kind {{type}} {{properties.products.0.sku}}' },
      custom_data: {
        '@merge': {
          direction: 'right',
          objects: [
            path('$.properties.products.0'),
            {
              who: { '@case': { operator: 'upper', value: path('$.properties.query') } },
              list: [path('$.type'), path('$.nope')],
            },
          ],
        },
      },
      search_string: { '@case': { operator: 'lower', value: path('$.properties.query') } },
      contents: {
        '@arrayPath': [
          '$.properties.products',
          { id: path('$.sku'), title: path('$.product_id'), delivery_category: 'in_store' },
        ],
      },
      status: path('$.properties.value'),
    },
  },
];

const sets: readonly (readonly [string, Both])[] = [
  ['ecommerce', both({ mappings: ecommerceMappings({ actionSource: 'website' }) })],
  ['standard events', both({ mappings: standardEventMappings({ actionSource: 'website' }) })],
  ["Segment's mappings", both({ mappings: segmentMappings({ actionSource: 'website' }) })],
  ['custom mappings', both({ mappings: customs })],
  [
    'unguarded',
    both({ personalData: 'send', mappings: [...ecommerceMappings({ actionSource: 'website' }), ...customs] }),
  ],
];

/** Members that only the server looks at: the person, the time, the connection. */
const serversOwn =
  /^(?:user_data|event_time|event_source_url|referrer_url|app_data_field|opt_out|data_processing|messaging|test_event)/;
const mayBePersonal = /[@+＠＋﹫﹢%]|:\/\/|mail|phone|tel|mobile|msisdn/i;

function compare({ server, page }: Both, event: JsonObject): void {
  const there = server(event);
  if (there === undefined) return;
  const here = page(event);
  if (there.refused.some((place) => serversOwn.test(place))) return;
  if (there.isGuarded || mayBePersonal.test(JSON.stringify(there.twins)) || isTooOdd(event)) {
    // Rather none than one that differs.
    for (const twin of here) expect(there.twins).toContainEqual(twin);
    return;
  }
  expect(here).toEqual(there.twins);
}

/**
 * Whether a page has no rule for it: products in another form than a list of objects, product lines in custom data that is mapped as a
 * whole, and amounts and currencies that are written for people.
 */
function isTooOdd({ properties }: JsonObject): boolean {
  if (!isObject(properties)) return false;
  if (JSON.stringify(properties).includes('"toString"')) return true;
  const { products = [], contents, currency } = properties;
  if (!Array.isArray(products) || !products.every(isObject) || (contents !== undefined && contents !== null))
    return true;
  const amounts = [properties, ...products].flatMap(({ price, value, revenue }) => [price, value, revenue].flat());
  return (
    amounts.some(
      (each) =>
        (typeof each === 'object' && each !== null) ||
        (typeof each === 'string' && /\d/.test(each) && !Number.isFinite(Number(each))),
    ) ||
    [currency].flat().some((each) =>
      /\W/.test(
        JSON.stringify(each ?? '')
          .replaceAll('"', '')
          .trim(),
      ),
    )
  );
}

/** The event as libraries make them whatever they are given: bags are objects, ids are ids, and every call has one and a time. */
function fromLibrary(event: JsonObject): JsonObject {
  const isId = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string';
  const { messageId } = event;
  const members = Object.entries(event).filter(([name, value]) =>
    ['userId', 'anonymousId'].includes(name)
      ? isId(value)
      : !['properties', 'traits', 'context', 'integrations'].includes(name) || isObject(value) || value === null,
  );
  return {
    anonymousId: 'visitor-1',
    ...Object.fromEntries(members),
    messageId: isId(messageId) && messageId !== '' ? messageId : 'm-1',
    timestamp: '2026-03-10T11:59:00.000Z',
  };
}

describe('the twins of a page', () => {
  it.each(examples)('$title', ({ mapping, in: event, out }) => {
    const { page } = both({ mappings: [mapping] });

    expect(page(event)).toEqual(
      out.action_source === 'website'
        ? [{ name: out.event_name, id: `web-${out.event_id}`, data: out.custom_data ?? {} }]
        : [],
    );
  });

  it.each(presetExamples)('$title', ({ destinations, in: event, out }) => {
    const [main] = Object.values(destinations);
    const { page } = both({ mappings: main?.mappings as MappingInput[] });

    expect(page(event)).toEqual(
      out.action_source === 'website'
        ? [{ name: out.event_name, id: `web-${out.event_id}`, data: out.custom_data ?? {} }]
        : [],
    );
  });

  it.each(sets)('equal the events of the server for any event: %s', (_, sides) => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        compare(sides, fromLibrary(event));
      }),
      { numRuns: 2_000, seed: 19 },
    );
  });
});
