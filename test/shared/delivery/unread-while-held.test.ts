import { describe, expect, it } from 'vitest';
import type { Destination, Mapping } from '../../../shared/queue/destination.ts';
import { readMessages } from '../../../shared/queue/read-messages.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { variedOrder } from '../../support/varied-order.ts';
import { fakeDestination } from './support/fake-destination.ts';
import { ids, SimulatedQueue, startMs } from './support/simulated-queue.ts';

const refusedToken = { action: 'hold', label: 'graph_190', aboutCredential: true } as const;
const hour = 3_600;

/** A held destination that counts how many events are looked at, and takes none that is older than seven days. */
function counting() {
  const count = { planned: 0 };
  let isWrong = true;
  const mapping: Mapping = {
    name: 'each',
    matches: () => true,
    build: ({ messageId, receivedAt }: JsonObject, now) => {
      count.planned++;
      return now.getTime() - Date.parse(String(receivedAt)) > 7 * 24 * hour * 1_000
        ? { problems: [{ code: 'event_too_old', message: 'Too old.' }], warnings: [] }
        : {
            json: String(messageId),
            partition: undefined,
            eventName: 'Event',
            eventId: String(messageId),
            warnings: [],
          };
    },
  };
  const destination: Destination & ReturnType<typeof fakeDestination> = fakeDestination(
    () => (isWrong ? refusedToken : undefined),
    { mappings: [mapping], candidates: () => [mapping], mayBeMended: () => !isWrong },
  );
  const mend = (): void => {
    isWrong = false;
  };
  return { count, destination, mend };
}

const orders = (count: number, at: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => variedOrder(index, new Date(at).toISOString()));

describe('events of a held destination', () => {
  it('go back as they came, unread, but for one message that asks and a look every six hours', async () => {
    const { count, destination } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.addEvents(orders(800, startMs));
    await queue.run(2 * hour);
    const before = count.planned;

    await queue.run(12 * hour);

    // Two looks at all of them, and one message for each probe: one every three minutes at most.
    const eventsPerMessage = 800 / queue.bodies.length + 20;
    expect(count.planned - before).toBeLessThanOrEqual(3 * 800 + (12 * 60 * eventsPerMessage) / 3);
    expect(queue.results.at(-1)?.report).toMatchObject({ balanceGap: 0, held: ['main'], tokensRefused: ['main'] });
  });

  it('are counted, though nobody reads them', async () => {
    const { destination } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.addEvents(orders(2_000, startMs));
    await queue.run(3 * hour);
    const before = queue.results.length;

    await queue.run(900);

    const reports = queue.results.slice(before).map(({ report }) => report);
    expect(reports.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(2_000);
    expect(reports.every(({ balanceGap }) => balanceGap === 0)).toBe(true);
    expect(reports[0]?.holds[0]?.sinceSeconds).toBeGreaterThanOrEqual(3 * hour - 900);
    expect(reports[0]?.waitingSeconds).toBeGreaterThanOrEqual(3 * hour - 900);
  });

  it('become dead letters when they are too old, while it is still held', async () => {
    const { destination } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.addEvents(orders(20, startMs));

    await queue.run(7 * 24 * hour - 60);
    expect(queue.letters).toEqual([]);
    await queue.run(7 * hour);

    expect(queue.letters).toHaveLength(20);
    expect(queue.size).toBe(0);
  });

  it('fill messages together, however few of them came at a time', async () => {
    const { destination, mend } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    const all = orders(600, startMs);
    for (let start = 0; start < all.length; start += 2) {
      queue.addEvents(all.slice(start, start + 2));
      await queue.run(20);
    }
    await queue.run(4 * hour);

    expect(queue.size).toBeLessThanOrEqual(20);
    mend();
    await queue.run(1_200);

    expect(destination.delivered.toSorted()).toEqual(all.map(({ messageId }) => messageId).toSorted());
    expect(queue.letters).toEqual([]);
  });

  it('are read a few megabytes at a time when it is mended', async () => {
    const { count, destination, mend } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.addEvents(orders(5_000, startMs));
    await queue.run(hour);
    let most = 0;
    const { send } = destination.service;
    destination.service.send = async (request) => {
      const answer = await send(request);
      most = Math.max(most, count.planned - destination.delivered.length);
      return answer;
    };
    count.planned = 0;

    mend();
    await queue.run(1_200);

    expect(destination.delivered).toHaveLength(5_000);
    // Of 5,000 events of 1,800 bytes, those that are mapped and not yet answered.
    expect(most).toBeLessThan((5 * 1024 * 1024) / 1_700 + 200);
  });

  it('go to a destination that is gone no more, and say so', async () => {
    const { destination } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.add(ids(5));
    await queue.run(600);
    const later = new SimulatedQueue({ destinations: [fakeDestination(undefined, { name: 'another' })] });
    later.adopt(queue);

    await later.run(hour);

    expect(later.size).toBe(0);
    const skipped = later.results.reduce((sum, { report }) => sum + report.skipped, 0);
    expect(skipped).toBe(5);
  });

  it('whose message was damaged on the way end as a dead letter with its text', async () => {
    const { destination } = counting();
    const queue = new SimulatedQueue({ destinations: [destination] });
    queue.add(ids(5));
    await queue.run(60);
    queue.change((body) => body.replace(/"gzip":\["[^"]{40}/, '"gzip":["'));

    await queue.run(600);

    expect(queue.letters).toMatchObject([{ code: 'message_undecodable', event: expect.stringContaining('"held"') }]);
    expect(readMessages(JSON.parse(String(queue.letters[0]?.event)))).toBeUndefined();
  });
});
