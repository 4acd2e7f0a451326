import { describe, expect, it } from 'vitest';
import { QueueUnavailableError } from '../../../shared/errors.ts';
import type { MessageQueue, OutgoingMessage } from '../../../shared/queue/ports.ts';
import { graphError, recordingGraph } from '../../support/recording-graph.ts';
import { brokenOrder, order, record, runDeliver } from './delivery-fixture.ts';

/** Confirms every message but those at some places. */
function halfQueue(unconfirmed: (message: OutgoingMessage) => boolean): MessageQueue & { kept: OutgoingMessage[] } {
  const kept: OutgoingMessage[] = [];
  return {
    kept,
    async send(messages) {
      kept.push(...messages.filter((message) => !unconfirmed(message)));
      const places = messages.flatMap((message, place) => (unconfirmed(message) ? [place] : []));
      if (places.length > 0) throw new QueueUnavailableError('SQS did not take some.', undefined, places);
    },
  };
}

const holding = (id: string) => (message: OutgoingMessage) => message.body.includes(`"${id}"`);

describe('a queue that confirms some messages only', () => {
  it('brings back only the records whose dead letters it did not confirm', async () => {
    const deadLetters = halfQueue(holding('order-2'));

    const { failedRecordIds } = await runDeliver(
      [record('a', [brokenOrder(1)]), record('b', [brokenOrder(2)]), record('c', [order(3)])],
      { deadLetters },
    );

    expect(failedRecordIds).toEqual(['b']);
    expect(deadLetters.kept).toHaveLength(1);
  });

  it('brings back only the records whose events it did not take back, and doubles none of the others', async () => {
    const large = { note: 'x'.repeat(40_000) };
    const events = halfQueue(holding('order-2'));

    const { failedRecordIds } = await runDeliver(
      [record('a', [order(1, large)]), record('b', [order(2, large)]), record('c', [order(3, large)])],
      { ...recordingGraph(() => graphError(1)), events },
    );

    expect(failedRecordIds).toEqual(['b']);
    expect(events.kept).toHaveLength(2);
  });

  it('brings back every record where it does not say what it confirmed', async () => {
    const events: MessageQueue = { send: () => Promise.reject(new QueueUnavailableError('SQS is away.')) };

    const { failedRecordIds } = await runDeliver([record('a', [order(1)]), record('b', [order(2)])], {
      ...recordingGraph(() => graphError(1)),
      events,
    });

    expect(failedRecordIds.toSorted()).toEqual(['a', 'b']);
  });
});
