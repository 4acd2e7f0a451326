import { describe, expect, it } from 'vitest';
import type { EventsAnswer, SendEvents } from '../../../shared/meta/graph/graph-client.ts';
import type { QueueRecord } from '../../../shared/delivery/queue-record.ts';
import { graphError } from '../../support/recording-graph.ts';
import { main, orders, record, runDeliver } from './delivery-fixture.ts';

const accepted: EventsAnswer = { accepted: true, received: 1_000 };

/** A record that says when its events are mapped: its body is read for its source first, and then for its events. */
const observed = (recordId: string, onMap: () => void): QueueRecord => {
  const { body } = record(recordId, orders(1_000));
  let reads = 0;
  return {
    recordId,
    get body() {
      if (reads++ === 1) onMap();
      return body;
    },
  };
};

describe('BatchSender', () => {
  it('sends a batch as soon as it is full, while others are being mapped', async () => {
    const log: string[] = [];
    const sendEvents: SendEvents = async () => {
      log.push('sent');
      return accepted;
    };

    await runDeliver(
      ['a', 'b', 'c'].map((id) => observed(id, () => log.push(`mapped ${id}`))),
      { sendEvents },
    );

    expect(log).toEqual(['mapped a', 'sent', 'mapped b', 'sent', 'mapped c', 'sent']);
  });

  it('maps on while no batch is answered', async () => {
    const answer = Promise.withResolvers<EventsAnswer>();
    const records = [observed('a', () => {}), observed('b', () => {}), observed('c', () => answer.resolve(accepted))];

    const { report } = await runDeliver(records, { sendEvents: () => answer.promise });

    expect(report).toMatchObject({ delivered: 3_000, requests: 3 });
  });

  it('keeps eight requests of a destination under way, and makes one for every thousand events', async () => {
    let underWay = 0;
    let most = 0;
    // None is answered before eight are under way.
    const eight = Promise.withResolvers<void>();
    const sendEvents: SendEvents = async () => {
      most = Math.max(most, ++underWay);
      if (underWay === 8) eight.resolve();
      await eight.promise;
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay--;
      return accepted;
    };

    const { report } = await runDeliver([record('a', orders(12_400))], { sendEvents });

    expect(report).toMatchObject({ delivered: 12_400, requests: 13 });
    expect(most).toBe(8);
  });

  it('sends nothing more to a destination that asked for a pause, and goes on with another', async () => {
    const sendEvents: SendEvents = async ({ datasetId }) =>
      datasetId === main.config.datasetId ? { accepted: false, error: graphError(4) } : accepted;

    const { report } = await runDeliver([record('a', orders(10_000), { source: 'chain' })], { sendEvents });

    expect(report).toMatchObject({ delivered: 10_000, waiting: 10_000, reasons: { waiting: { graph_4: 10_000 } } });
    expect(report.requestsThrottled).toBeLessThanOrEqual(8);
  });

  it('hands on what a batch throws, when all is mapped', async () => {
    const failing = runDeliver([record('a', orders(2_000))], {
      sendEvents: async () => {
        throw new Error('a bug');
      },
    });

    await expect(failing).rejects.toThrow('a bug');
  });
});
