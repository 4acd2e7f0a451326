import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../../shared/config/config.ts';
import { defineConfig } from '../../../shared/config/define-config.ts';
import { wantedByGate } from '../../../shared/delivery/gate.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { MemberTree, project } from '../../../shared/lib/json/reader/member-tree.ts';
import { compileMappingConfig } from '../../../shared/meta/actions/compile-mapping-config.ts';
import { compileDestinationsNow } from '../../../shared/meta/compile-destinations.ts';
import { ecommerceMappings } from '../../../shared/meta/presets/ecommerce-mappings.ts';
import { offlineConversions } from '../../../shared/meta/presets/offline-conversions.ts';
import { standardEventMappings } from '../../../shared/meta/presets/standard-event-mappings.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { examples } from '../../../examples/examples.ts';
import { anyEvent } from '../../support/any-event.ts';
import type { SegmentVector } from '../../support/compare-server-event.ts';

const linesOf = <Row>(name: string): Row[] =>
  readFileSync(new URL(`../../vectors/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

const website = { actionSource: 'website' } as const;
const destination = {
  datasetId: '1234567890123456',
  accessTokenSecret: 'test',
  consentCategories: ['Advertising'],
  integrationNames: ['Facebook Pixel'],
};
const config: Config = defineConfig({
  sources: { web: { writeKeyHashes: ['0'.repeat(64)], destinations: ['web', 'offline-2', 'own'] } },
  destinations: {
    web: { ...destination, mappings: [...ecommerceMappings(website), ...standardEventMappings(website)] },
    ...offlineConversions({
      accessTokenSecret: 'test',
      trackEvents: { 'Order Completed': ['2'], 'Product Added': ['2'] },
    }),
    own: {
      ...destination,
      datasetId: '3',
      mappings: [
        {
          name: 'everything',
          action: 'custom',
          trigger: 'properties.plan != null or match(context.page.path, "/a*") or !contains(traits.email, "x")',
          fields: {
            event_name: { '@template': '{{type}} {{ event }}{{properties.plan}}' },
            action_source: 'website',
            custom_data: {
              '@merge': {
                direction: 'right',
                objects: [
                  { '@flatten': { value: { '@path': '$.properties.nested' }, separator: '_' } },
                  { plan: { '@case': { operator: 'lower', value: { '@path': '$.properties.plan' } } } },
                ],
              },
            },
          },
        },
      ],
    },
  },
});
const destinations = [...compileDestinationsNow(config, sha256Hex).values()];
const now = new Date('2026-11-30T12:00:00.000Z');

/** The event as delivery reads it. */
function asRead(event: JsonObject, ...trees: readonly MemberTree[]): JsonObject {
  const tree = new MemberTree();
  for (const steps of wantedByGate) tree.add(steps);
  for (const each of trees) tree.addAll(each);
  return project(event, tree) as JsonObject;
}

function expectSamePlans(event: JsonObject): void {
  for (const each of destinations) {
    expect(planEvent(asRead(event, each.wanted()), each, now)).toEqual(planEvent(event, each, now));
  }
}

describe('the wanted members of an event', () => {
  test.each(examples.map(({ title, in: call }) => [title, call]))('are all that the example %s needs', (_, call) => {
    expectSamePlans(call);
  });

  test('are all that any sender’s event needs', () => {
    const rows = linesOf<{ readonly event?: JsonObject; readonly events?: readonly JsonObject[] }>('senders.jsonl');
    expect(rows.length).toBeGreaterThan(70);
    for (const { event, events = event === undefined ? [] : [event] } of rows)
      for (const each of events) expectSamePlans(each);
  });

  test('are all that a mapping of Segment’s needs', () => {
    const vectors = linesOf<SegmentVector>('segment-actions.jsonl');
    let compared = 0;
    for (const { action, subscription, mapping, event } of vectors) {
      let compiled: ReturnType<typeof compileMappingConfig>;
      try {
        compiled = compileMappingConfig({ action, trigger: subscription, mapping });
      } catch {
        continue;
      }
      const options = {
        now,
        sendWeakUserData: true,
        strict: false,
        personalData: 'remove',
        sha256: sha256Hex,
      } as const;
      const read = asRead(event, compiled.wanted());
      expect(compiled.matches(read)).toBe(compiled.matches(event));
      expect(compiled.build(read, options)).toEqual(compiled.build(event, options));
      compared++;
    }
    expect(compared).toBeGreaterThan(750);
  });

  test('are all that any event needs', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expectSamePlans(event as JsonObject);
      }),
      { seed: 73, numRuns: 300 },
    );
  });
});
