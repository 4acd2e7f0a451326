import { describe, expect, it } from 'vitest';
import { mostTriesAlone } from '../../../shared/delivery/send-batch.ts';
import { type Fault, fakeDestination, type Judge } from './support/fake-destination.ts';
import { ids, SimulatedQueue, startMs } from './support/simulated-queue.ts';

/** Ways to fail that may be one event's fault, or the destination's own. */
const ways: readonly (readonly [string, Fault])[] = [
  ['an unknown error', { action: 'retry', label: 'graph_1' }],
  ['an unknown code', { action: 'retry', label: 'graph_987654' }],
  ['an error that is called transient', { action: 'retry', label: 'graph_100' }],
  ['a page of HTML', { action: 'retry', label: 'http_400' }],
  ['a reset', { action: 'retry', label: 'unreachable' }],
  ['a time-out', { action: 'retry', label: 'timeout', isTooLarge: true }],
  ['a gateway’s time-out', { action: 'retry', label: 'http_504', isTooLarge: true }],
];

const failing =
  (culprits: readonly string[], fault: Fault): Judge =>
  (given) =>
    given.some((id) => culprits.includes(id)) ? fault : undefined;

const thousand = ids(1_000);

// PostHog/posthog#15575 and segmentio/action-destinations#3745: one bad event fails its whole batch;
// rudderlabs/rudder-transformer#422: events that nobody can deliver are retried for hours along with all others.
describe.each(ways)('one event of a thousand that is answered with %s', (_, fault) => {
  it.each([0, 250, 617, 999])('holds none of its neighbours, wherever it stands (%i)', async (place) => {
    const culprit = `event-${place}`;
    const destination = fakeDestination(failing([culprit], fault));
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(120);

    expect(destination.delivered.toSorted()).toEqual(thousand.filter((id) => id !== culprit).toSorted());
    expect(destination.requests.length).toBeLessThanOrEqual(60);
    expect(queue.size).toBe(1);
  });

  it('waits alone with growing delays and becomes a dead letter with its whole history', async () => {
    const destination = fakeDestination(failing(['event-5'], fault));
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(86_400);

    expect(queue.size).toBe(0);
    expect(destination.requests.length).toBeLessThanOrEqual(150);
    expect(queue.letters).toMatchObject([
      {
        code: 'tries_ended',
        event: { messageId: 'event-5' },
        firstFailedAt: new Date(startMs).toISOString(),
        history: [{ reason: fault.label, firstAt: new Date(startMs).toISOString() }],
      },
    ]);
    const [letter] = queue.letters;
    expect(letter?.attempts).toBe(letter?.history?.[0]?.tries);
    expect(letter?.attempts).toBeGreaterThanOrEqual(mostTriesAlone);
    const alone = destination.requests.filter((request) => request.length === 1 && request[0] === 'event-5');
    expect(alone.length).toBeGreaterThanOrEqual(mostTriesAlone);
  });

  it('never shares a request again with an event that comes later', async () => {
    const destination = fakeDestination(failing(['event-5'], fault));
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.add(thousand);
    await queue.run(120);
    const before = destination.requests.length;

    for (let round = 0; round < 10; round++) {
      queue.add(ids(10, `later-${round}`));
      await queue.run(20);
    }

    const shared = destination.requests
      .slice(before)
      .filter((request) => request.length > 1 && request.includes('event-5'));
    expect(shared).toEqual([]);
    expect(destination.delivered).toHaveLength(999 + 100);
  });
});

describe('several events that fail in ways of their own', () => {
  it('hold none of the others', async () => {
    const culprits = ways.map((_, index) => `event-${index * 140 + 3}`);
    const destination = fakeDestination((given) => {
      const found = ways.findIndex((_, index) => given.includes(culprits[index] as string));
      return ways[found]?.[1];
    });
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(600);

    expect(destination.delivered).toHaveLength(1_000 - ways.length);
    expect(destination.requests.length).toBeLessThanOrEqual(ways.length * 150);
  });
});

describe('an outage', () => {
  it.each(ways)('with %s is not split into thousands of requests, and drains by itself', async (_, fault) => {
    let isAway = true;
    const destination = fakeDestination(() => (isAway ? fault : undefined));
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(ids(3_000));
    await queue.run(300);
    const during = destination.requests.length;
    isAway = false;
    await queue.run(300);

    expect(during).toBeLessThanOrEqual(60);
    expect(destination.delivered.toSorted()).toEqual(ids(3_000).toSorted());
    expect(queue.letters).toEqual([]);
  });

  it('that takes every second request loses and repeats nothing', async () => {
    const destination = fakeDestination((_, request) => (request % 2 === 0 ? { action: 'retry' } : undefined));
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(600);

    expect(destination.delivered.toSorted()).toEqual(thousand.toSorted());
    expect(destination.requests.length).toBeLessThanOrEqual(150);
  });
});

describe('a destination that cannot work through large requests in time', () => {
  it('gets smaller ones, and larger ones again once it can', async () => {
    let most = 100;
    const destination = fakeDestination(({ length }) =>
      length > most ? { action: 'retry', label: 'timeout', isTooLarge: true } : undefined,
    );
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(120);
    const small = destination.requests.length;
    most = 1_000;
    for (let round = 0; round < 6; round++) {
      queue.add(ids(1_000, `round-${round}`));
      await queue.run(30);
    }

    expect(destination.delivered).toHaveLength(7_000);
    expect(small).toBeLessThanOrEqual(60);
    expect(destination.requests.at(-1)).toHaveLength(1_000);
  });
});
