import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphError } from '../../../shared/meta/graph/graph-error.ts';
import type { QueueRecord } from '../../../shared/delivery/queue-record.ts';
import type { SegmentEvent } from '../../../shared/segment/event.ts';
import { graphError, type Judge, recordingGraph } from '../../support/recording-graph.ts';
import { brokenOrder, config, destinations, order, record, runDeliver } from './delivery-fixture.ts';

/** Kinds of events, and the mappings of every destination that match them. */
const kinds = {
  order: { make: (number: number) => order(number), mappings: ['purchase'] },
  gift: { make: (number: number) => order(number, { gift: true }), mappings: ['purchase', 'gift'] },
  broken: { make: brokenOrder, mappings: ['purchase'] },
  unmatched: { make: (number: number) => order(number, {}, { event: 'Order Shipped' }), mappings: [] },
  excluded: { make: (number: number) => order(number, {}, { integrations: { All: false } }), mappings: [] },
} as const satisfies Record<string, { make: (number: number) => SegmentEvent; mappings: readonly string[] }>;
type Kind = keyof typeof kinds;

interface Given {
  readonly source: 'shop' | 'chain' | 'outlet';
  readonly kinds: readonly Kind[];
}

const given = fc.array(
  fc.record({
    source: fc.constantFrom('shop', 'chain', 'outlet'),
    kinds: fc.array(fc.constantFrom(...(Object.keys(kinds) as Kind[])), { minLength: 1, maxLength: 6 }),
  }) satisfies fc.Arbitrary<Given>,
  { maxLength: 5 },
);

const answers = fc.array(
  fc.constantFrom<GraphError | undefined>(
    undefined,
    undefined,
    graphError(1),
    graphError(4),
    graphError(100),
    graphError(190),
    graphError(100, { subcode: 2804050 }),
    graphError(100, { subcode: 1815356, data: { event_index: 1 } }),
  ),
  { maxLength: 30 },
);

/** Answers in turn, then takes everything. */
const answering = (refusals: readonly (GraphError | undefined)[]): Judge => {
  const left = [...refusals];
  return () => left.shift();
};

const mappingOf: Readonly<Record<string, string>> = { Purchase: 'purchase', Gift: 'gift' };
const nameOf = (dataset: string): string =>
  [...destinations.values()].find(({ config: { datasetId } }) => datasetId === dataset)?.name ?? '';

function prepare(list: readonly Given[]) {
  let number = 0;
  const records: QueueRecord[] = [];
  const units: string[] = [];
  let skipped = 0;
  for (const [index, { source, kinds: wanted }] of list.entries()) {
    const events = wanted.map((kind) => {
      const { make, mappings } = kinds[kind];
      const event = make(number++);
      for (const destination of config.sources[source]?.destinations ?? []) {
        units.push(...mappings.map((mapping) => `${destination}/${mapping}/${event.messageId}`));
        if (mappings.length === 0) skipped++;
      }
      return event;
    });
    records.push(record(`record-${index}`, events, { source }));
  }
  return { records, units: units.toSorted(), skipped };
}

/** One invocation, and where it left each event for each destination and mapping. */
async function run(records: readonly QueueRecord[], refusals: readonly (GraphError | undefined)[]) {
  const graph = recordingGraph(answering(refusals));
  const result = await runDeliver(records, graph);
  const accepted = graph.accepted.flatMap(({ datasetId, events }) =>
    events.map((event) => `${nameOf(datasetId)}/${mappingOf[event.event_name]}/${event.event_id}`),
  );
  const dead = result.letters.map(({ destination, mapping, event }) => {
    const { messageId } = event as SegmentEvent;
    return `${destination}/${mapping}/${messageId}`;
  });
  const waiting = result.putBack.flatMap(({ events, retry }) =>
    events.flatMap(({ messageId }) =>
      (retry?.mappings ?? []).map((mapping) => `${retry?.destination}/${mapping}/${messageId}`),
    ),
  );
  const again = result.putBackMessages.map(({ body }, index) => ({ recordId: `again-${index}`, body }));
  return { report: result.report, accepted, dead, waiting, again };
}

describe('the balance of a delivery', () => {
  it('holds for every event, destination and mapping, whatever Meta answers', async () => {
    await fc.assert(
      fc.asyncProperty(given, answers, async (list, refusals) => {
        const { records, units, skipped } = prepare(list);

        const { report, accepted, dead, waiting } = await run(records, refusals);

        expect([...accepted, ...dead, ...waiting].toSorted()).toEqual(units);
        expect(report).toMatchObject({
          delivered: accepted.length,
          dead: dead.length,
          waiting: waiting.length,
          skipped,
          events: units.length + skipped,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('ends with one final outcome each, once what waits was tried often enough', async () => {
    await fc.assert(
      fc.asyncProperty(given, fc.array(answers, { maxLength: 3 }), async (list, rounds) => {
        const { records, units } = prepare(list);
        const final: string[] = [];
        let owed: readonly QueueRecord[] = records;

        for (const refusals of [...rounds, []]) {
          const { accepted, dead, again } = await run(owed, refusals);
          final.push(...accepted, ...dead);
          owed = again;
        }

        expect(owed).toEqual([]);
        expect(final.toSorted()).toEqual(units);
      }),
      { numRuns: 100 },
    );
  });
});
