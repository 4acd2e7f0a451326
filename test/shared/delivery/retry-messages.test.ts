import { queuedEvent } from '../../../shared/queue/message-reader.ts';
import { describe, expect, it } from 'vitest';
import type { Failure, OwedEvent } from '../../../shared/delivery/outcome.ts';
import { retryAction } from '../../../shared/meta/graph/graph-error.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { readMessages } from '../../../shared/queue/read-messages.ts';
import { messageGroups } from '../../../shared/delivery/message-groups.ts';
import { retryMessages, type Waiting } from '../../../shared/delivery/retry-messages.ts';
import { now } from '../../support/factories.ts';
import { graphError } from '../../support/recording-graph.ts';
import { config, destinations, order, owedOrders, type ReadyEvent, retryAfter, sendingTo } from './delivery-fixture.ts';

const second = sendingTo(destinations.get('second') as CompiledDestination);
const groups = messageGroups(config);
const firstFailedAt = '2026-03-10T08:00:00.000Z';
const [one, two, three] = owedOrders(3) as [ReadyEvent, ReadyEvent, ReadyEvent];
const failed = (code: number): Failure => {
  const error = graphError(code);
  return { ...error, action: retryAction(error) };
};
const waiting = (owed: OwedEvent, failure: Failure = failed(1)): Waiting => ({
  status: 'waiting',
  owed,
  failure,
});

const write = (list: readonly Waiting[]) =>
  retryMessages(list, now, { groups, random: () => 0.5 }).flatMap(({ body, recordIds: _, ...message }) =>
    (readMessages(JSON.parse(body)) ?? []).map((each) => ({ ...message, ...each })),
  );

describe('retryMessages', () => {
  it('writes events that wait alike into one message', () => {
    expect(write([waiting(one), waiting(two)])).toEqual([
      {
        version: 1,
        source: 'shop',
        groupId: 'shop/main',
        events: [one.event.members, two.event.members],
        retry: {
          destination: 'main',
          mappings: ['purchase'],
          attempt: 1,
          firstFailedAt: now.toISOString(),
          history: [{ reason: 'graph_1', tries: 1, firstAt: now.toISOString(), lastAt: now.toISOString() }],
        },
        delaySeconds: 3,
      },
    ]);
  });

  it('keeps when an event failed first, and counts the attempt', () => {
    expect(write([waiting({ ...one, retry: retryAfter(4, { firstFailedAt }) })])).toMatchObject([
      { retry: { attempt: 5, firstFailedAt } },
    ]);
  });

  it.each<[string, Waiting]>([
    ['source', waiting({ ...two, source: 'outlet' })],
    ['destination', waiting({ ...two, destination: second })],
    ['mappings', waiting({ ...two, mapping: 'gift' })],
    ['attempt', waiting({ ...two, retry: retryAfter(1, { firstFailedAt: now.toISOString() }) })],
    ['first failure', waiting({ ...two, retry: retryAfter(0, { firstFailedAt }) })],
    ['wait that Meta asked for', waiting(two, { ...failed(1), retryAfterSeconds: 600 })],
    ['retry action', waiting(two, failed(190))],
  ])('writes apart what differs by its %s', (_, other) => {
    expect(write([waiting(one), other, waiting(three)]).map(({ events }) => events.length)).toEqual([2, 1]);
  });

  it('lets every event wait as long as Meta asked for it', () => {
    const patient = { ...failed(4), retryAfterSeconds: 700 };

    const messages = write([waiting(one, failed(1)), waiting(two, patient)]);

    expect(messages.map(({ events, delaySeconds }) => [events[0]?.messageId, delaySeconds])).toEqual([
      ['order-0', 3],
      ['order-1', 701],
    ]);
  });

  it('writes an event that several mappings owe once, and lets it wait for the slowest', () => {
    const gift = { ...one, mapping: 'gift' };

    const messages = write([waiting(one, failed(1)), waiting(gift, { ...failed(4), retryAfterSeconds: 700 })]);

    expect(messages).toHaveLength(1);
    expect(messages[0]?.events).toEqual([one.event.members]);
    expect(messages[0]?.retry?.mappings.toSorted()).toEqual(['gift', 'purchase']);
    expect(messages[0]?.delaySeconds).toBe(701);
  });

  it('counts no attempt for an event that was only deferred', () => {
    const deferral = { ...failed(1), action: 'defer' as const, retryAfterSeconds: 60 };

    expect(write([waiting(one, deferral)])).toMatchObject([{ retry: { attempt: 0 }, delaySeconds: 60 }]);
  });

  it('writes an event that two destinations owe for each of them', () => {
    expect(
      write([waiting(one), waiting({ ...one, destination: second })]).map(({ retry }) => retry?.destination),
    ).toEqual(['main', 'second']);
  });

  it('takes the same call in two records for two events', () => {
    const again = { ...one, event: queuedEvent(one.event.members), recordId: 'record-2' };

    expect(write([waiting(one), waiting(again)])[0]?.events).toHaveLength(2);
  });

  it('packs what is too much for one message into several, each with a delay of its own', () => {
    const large = Array.from({ length: 10 }, (_, number) => ({
      ...one,
      event: queuedEvent(order(number, { note: 'x'.repeat(20_000) })),
    }));
    const randoms = [0, 0.25, 0.5, 0.75];

    const messages = retryMessages(
      large.map((each) => waiting(each)),
      now,
      { groups, random: () => randoms.shift() ?? 0 },
    );

    expect(messages.length).toBe(4);
    expect(messages.map(({ delaySeconds }) => delaySeconds)).toEqual([1, 2, 3, 4]);
    for (const { body } of messages) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(64 * 1024);
  });
});
