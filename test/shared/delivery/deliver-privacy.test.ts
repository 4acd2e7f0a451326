import { describe, expect, it } from 'vitest';
import { Config } from '../../../shared/config/config.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { ecommerceMappings } from '../../../shared/meta/presets/ecommerce-mappings.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { graphError, recordingGraph } from '../../support/recording-graph.ts';
import { order, record, runDeliver } from './delivery-fixture.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

const secrets = {
  email: 'Quill.Zyx@private.example',
  phone: '+1 (555) 010-4477',
  firstName: 'Quillon',
  lastName: 'Zyxwell',
  birthday: '1984-07-31',
  address: { city: 'Xanadoo', state: 'Zanzistate', postalCode: '99877' },
};
const marks = /quill|zyx|private\.example|010-?4477|5550104477|1984-?07-?31|xanadoo|zanzistate|99877/i;

const fields = { action_source: 'website' };
const bad = { ...fields, event_name: 'Bad' };
const mappings = [
  ...ecommerceMappings({ actionSource: 'website' }),
  // Mappings that put a person's data where other things belong, so that every kind of problem has a chance to quote it.
  ...Object.entries<JsonObject>({
    time: { event_time: { '@path': '$.context.traits.email' } },
    source: { action_source: { '@path': '$.context.traits.firstName' } },
    options: { data_processing_options: { '@path': '$.context.traits.phone' } },
    state: { data_processing_options_state: { '@path': '$.context.traits.lastName' } },
    people: { user_data: { '@path': '$.context.traits.email' } },
    lead: { user_data: { leadID: { '@path': '$.context.traits.email' } } },
    data: { custom_data: { '@path': '$.context.traits.firstName' } },
    path: { event_id: { '@path': { '@path': '$.context.traits' } } },
    liquid: { event_id: { '@liquid': '{{ context.traits.email | divided_by: 0 }}' } },
  }).map(([name, wrong]) => ({
    name,
    action: 'custom',
    trigger: 'type = "track"',
    fields: { ...bad, event_name: name, ...wrong },
  })),
  ...Object.entries<JsonObject>({
    currency: { currency: { '@path': '$.context.traits.email' } },
    value: { value: { '@path': '$.context.traits.phone' } },
    contents: { contents: { '@path': '$.context.traits.email' }, leave_out_bad_items: false },
  }).map(([name, wrong]) => ({
    name,
    action: 'purchase',
    trigger: 'type = "track"',
    fields: { ...fields, ...wrong, event_id: name },
  })),
];
const config = Config.parse({
  sources: { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } },
  destinations: { main: { datasetId: '1', accessTokenSecret: 'token', mappings } },
});
const destinations = await compileDestinations(config, sha256Hex);

const personal = order(
  1,
  { products: [{ product_id: 'P-1', price: 'n/a' }] },
  {
    context: { traits: secrets, userAgent: 'Browser/1.0' },
  },
);

describe('a person’s data', () => {
  it.each([
    ['taken', recordingGraph()],
    ['refused', recordingGraph(() => graphError(100, { subcode: 2804050 }))],
    ['held', recordingGraph(() => graphError(190))],
  ])('leaves only as digests, and stands in no reason or report, when events are %s', async (_, graph) => {
    const { report, letters } = await runDeliver([record('a', [personal])], { ...graph, config, destinations });

    const reasons = letters.map(({ event: _, ...rest }) => rest);
    expect(letters.length).toBeGreaterThan(5);
    expect(graph.requests.length).toBeGreaterThan(0);
    for (const text of [...graph.requests.map(({ body }) => body), JSON.stringify(reasons), JSON.stringify(report)]) {
      expect(text).not.toMatch(marks);
    }
  });

  it('stays whole in the event of a dead letter, so that it can be redriven', async () => {
    const { letters } = await runDeliver([record('a', [personal])], { config, destinations });

    for (const { event } of letters) expect(event).toEqual(personal);
  });

  it('stands in no reason of a message that cannot be read', async () => {
    const body = `{"version":1,"email":"${secrets.email}"`;

    const { letters, report } = await runDeliver([{ recordId: 'a', body }]);

    expect(JSON.stringify([letters.map(({ event: _, ...rest }) => rest), report])).not.toMatch(marks);
  });
});
