import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { fakeDestination } from './support/fake-destination.ts';
import { ids, SimulatedQueue } from './support/simulated-queue.ts';

const slowMs = 300;

/** Events whose id begins with `slow` take so long to be mapped. */
function withSlowEvents(overrides: { readonly planning?: { totalMs: number; perSourceMs: number } } = {}) {
  let spentMs = 0;
  const plain = fakeDestination();
  const [mapping] = plain.mappings;
  if (mapping === undefined) throw new Error('There is a mapping.');
  const slow = {
    ...mapping,
    build: (event: JsonObject, now: Date) => {
      if (String(event['messageId']).startsWith('slow')) spentMs += slowMs;
      return mapping.build(event, now);
    },
  };
  const destination = { ...plain, mappings: [slow], candidates: () => [slow] };
  const queue = new SimulatedQueue({ destinations: [destination], effects: overrides });
  // Mapping takes its time from the clock that the function looks at.
  const clock = queue.clock;
  return { destination: plain, queue, clock: () => new Date(clock().getTime() + spentMs), spent: () => spentMs };
}

/** Runs one invocation with all that is queued. */
async function invoke({ queue, clock }: ReturnType<typeof withSlowEvents>, isOutOfTime: () => boolean = () => false) {
  queue.effects = { ...queue.effects, clock, isOutOfTime };
  await queue.run(0);
  const result = queue.results.at(-1);
  if (result === undefined) throw new Error('Nothing was invoked.');
  return result;
}

describe('an event that takes long to be mapped', () => {
  it('is counted and named, the slowest first, with an id as logs may show it', async () => {
    const given = withSlowEvents();
    given.queue.add(['order-1', 'slow-1', 'slow-jane@example.com', 'order-2']);

    const { report } = await invoke(given);

    expect(report).toMatchObject({ delivered: 4, slow: 2 });
    expect(report.slowest).toEqual([
      { source: 'shop', messageId: 'slow-1', planMs: slowMs },
      { source: 'shop', messageId: expect.stringMatching(/^sha256:/), planMs: slowMs },
    ]);
  });

  it('costs the place of its own source: all others are mapped first', async () => {
    const given = withSlowEvents({ planning: { totalMs: 3_000, perSourceMs: 1_000 } });
    given.queue.add(ids(100, 'slow'), 'flood');
    given.queue.add(ids(10, 'victim'), 'shop');

    const { report } = await invoke(given);

    expect(given.destination.delivered).toEqual(expect.arrayContaining(ids(10, 'victim')));
    expect(given.spent()).toBeLessThanOrEqual(1_000 + slowMs);
    expect(report.handedBack).toBeGreaterThan(0);
  });

  it('hands on what there was no time for, event by event, until all are delivered once', async () => {
    const given = withSlowEvents({ planning: { totalMs: 1_000, perSourceMs: 1_000 } });
    given.queue.add(ids(30, 'slow'));
    given.queue.add(ids(30, 'order'));
    given.queue.effects = { ...given.queue.effects, clock: given.clock };

    await given.queue.run(3_600);

    expect(given.queue.size).toBe(0);
    expect(given.destination.delivered.toSorted()).toEqual([...ids(30, 'slow'), ...ids(30, 'order')].toSorted());
    expect(Math.max(...given.queue.results.map(({ report }) => report.durationMs))).toBeLessThanOrEqual(1_000 + slowMs);
  });
});

// elastic/elastic-serverless-forwarder#131 keeps a grace period for the same reason: what was not looked at goes back.
describe('an invocation whose time is over while it maps', () => {
  it('sends nothing more and hands the rest of its records back, which count as no receive and no try', async () => {
    const given = withSlowEvents();
    given.queue.add(ids(3, 'slow'));
    given.queue.add(ids(3, 'later'));
    let asked = 0;

    const { report, failedRecordIds } = await invoke(given, () => asked++ > 0);

    expect(failedRecordIds).toEqual([]);
    expect(report).toMatchObject({ delivered: 0, waiting: 1, handedBack: 2, requests: 0 });
    given.queue.effects = {};
    await given.queue.run(60);
    expect(given.destination.delivered).toHaveLength(6);
  });
});

describe('a flood of one source', () => {
  it('takes turns with the other sources of the invocation', async () => {
    const given = withSlowEvents({ planning: { totalMs: 10_000, perSourceMs: 3_000 } });
    for (let message = 0; message < 5; message++) given.queue.add(ids(4, `slow-${message}`), 'flood');
    for (let message = 0; message < 5; message++) given.queue.add(ids(4, `slow-shop-${message}`), 'shop');

    await invoke(given);

    const of = (prefix: string) => given.destination.delivered.filter((id) => id.startsWith(prefix)).length;
    expect(of('slow-shop')).toBeGreaterThanOrEqual(10);
    expect(given.destination.delivered.length - of('slow-shop')).toBeGreaterThanOrEqual(10);
  });
});
