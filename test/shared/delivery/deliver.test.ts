import { describe, expect, it } from 'vitest';
import type { MappingConfig } from '../../../shared/config/config.ts';
import { QueueUnavailableError } from '../../../shared/errors.ts';
import type { SendEvents } from '../../../shared/meta/graph/graph-client.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { MessageQueue } from '../../../shared/queue/ports.ts';
import { now } from '../../support/factories.ts';
import { graphError, type Judge, recordingGraph, refusing } from '../../support/recording-graph.ts';
import { downQueue } from '../../support/recording-queue.ts';
import { brokenOrder, config, idsOf, main, order, orders, record, runDeliver } from './delivery-fixture.ts';

const gift = { gift: true };
const mainConfig = main.config;
const retry = { destination: 'main', mappings: ['purchase'], attempt: 3, firstFailedAt: '2026-03-10T08:00:00.000Z' };
const onlySecond =
  (judge: Judge): Judge =>
  (request) =>
    request.datasetId === '6543210987654321' ? judge(request) : undefined;

describe('deliver', () => {
  it('sends the events of all records for a destination together', async () => {
    const graph = recordingGraph();

    const { report, failedRecordIds } = await runDeliver(
      [record('a', orders(3)), record('b', [order(7), order(8)])],
      graph,
    );

    expect(graph.requests).toHaveLength(1);
    expect(idsOf(graph.delivered)).toEqual(['order-0', 'order-1', 'order-2', 'order-7', 'order-8']);
    expect(report).toMatchObject({ events: 5, delivered: 5, dead: 0, waiting: 0, requests: 1, receivedMissing: 0 });
    expect(failedRecordIds).toEqual([]);
  });

  it('sends an event to every destination of its source and under every mapping that matches', async () => {
    const graph = recordingGraph();

    const { report } = await runDeliver([record('a', [order(1, gift)], { source: 'chain' })], graph);

    expect(graph.requests.map(({ datasetId, events }) => [datasetId, events.map((event) => event.event_name)])).toEqual(
      [
        ['1234567890123456', ['Purchase', 'Gift']],
        ['6543210987654321', ['Purchase', 'Gift']],
      ],
    );
    expect(report.delivered).toBe(4);
  });

  it('counts events that Meta does not say it received', async () => {
    const { report } = await runDeliver([record('a', orders(5))], {
      sendEvents: async () => ({ accepted: true, received: 3 }),
    });

    expect(report).toMatchObject({ delivered: 5, receivedMissing: 2 });
  });

  it('measures how long it took', async () => {
    let afterMs = 0;
    const sendEvents: SendEvents = async () => {
      afterMs = 80;
      return { accepted: true, received: 1 };
    };

    const { report } = await runDeliver([record('a', orders(1))], {
      sendEvents,
      clock: () => new Date(now.getTime() + afterMs),
    });

    expect(report.durationMs).toBe(80);
  });

  it('lets a bug fail the whole invocation', async () => {
    const bug = new TypeError('x is not a function');

    await expect(runDeliver([record('a', orders(1))], { sendEvents: () => Promise.reject(bug) })).rejects.toBe(bug);
  });

  describe('skips', () => {
    const chainOnly = { ...config, sources: {} };

    it.each([
      ['an event that no mapping is for', 'no_mapping_matches', record('a', [order(1, {}, { type: 'identify' })]), {}],
      [
        'an event that is not meant for us',
        'integrations_excluded',
        record('a', [order(1, {}, { integrations: { All: false } })]),
        {},
      ],
      ['an event of a source that is gone', 'source_removed', record('a', [order(1)]), { config: chainOnly }],
      [
        'an event for a destination that is gone',
        'destination_removed',
        record('a', [order(1)]),
        { destinations: new Map() },
      ],
      [
        'an event owed by a mapping that is gone',
        'mapping_removed',
        record('a', [order(1)], { retry: { ...retry, mappings: ['renamed'] } }),
        {},
      ],
    ])('%s', async (_, reason, given, effects) => {
      const { report, putBack, letters } = await runDeliver([given], effects);

      expect(report).toMatchObject({ events: 1, skipped: 1, reasons: { skipped: { [reason]: 1 } }, requests: 0 });
      expect([...putBack, ...letters]).toEqual([]);
    });

    it('once for each mapping that still owed an event to a destination that is gone', async () => {
      const owed = record('a', [order(1, gift)], { retry: { ...retry, mappings: ['purchase', 'gift'] } });

      const { report } = await runDeliver([owed], { destinations: new Map() });

      expect(report).toMatchObject({ events: 2, reasons: { skipped: { destination_removed: 2 } } });
    });
  });

  describe('gives up on', () => {
    it('an event that Meta refuses, with code, reason, mapping and the event itself', async () => {
      const { report, letters, failedRecordIds } = await runDeliver(
        [record('a', orders(4))],
        recordingGraph(refusing(['order-2'])),
      );

      expect(report).toMatchObject({ delivered: 3, dead: 1, reasons: { dead: { graph_100_2804050: 1 } } });
      expect(letters).toEqual([
        {
          version: 1,
          stage: 'deliver',
          code: 'meta_rejected',
          reason: 'The event has too little customer information.',
          fix: expect.stringContaining('redrive'),
          source: 'shop',
          destination: 'main',
          mapping: 'purchase',
          attempts: 1,
          firstFailedAt: now.toISOString(),
          lastFailedAt: now.toISOString(),
          graph: { code: 100, subcode: 2804050, status: 400, traceId: 'Atrace' },
          event: order(2),
        },
      ]);
      expect(failedRecordIds).toEqual([]);
    });

    it('an event that cannot be mapped, without a request for it', async () => {
      const graph = recordingGraph();

      const { report, letters } = await runDeliver([record('a', [order(1), brokenOrder(2)])], graph);

      expect(idsOf(graph.delivered)).toEqual(['order-1']);
      expect(report).toMatchObject({ delivered: 1, dead: 1, reasons: { dead: { currency_invalid: 1 } } });
      expect(letters).toMatchObject([
        { code: 'currency_invalid', attempts: 0, mapping: 'purchase', event: brokenOrder(2) },
      ]);
    });

    it('an event that grew too old while it waited, keeping when it first failed', async () => {
      const late = new Date('2026-03-17T12:00:00.000Z');

      const { letters, report } = await runDeliver([record('a', [order(1)], { retry })], { clock: () => late });

      expect(report.requests).toBe(0);
      expect(letters).toMatchObject([
        { code: 'event_too_old', attempts: 3, firstFailedAt: retry.firstFailedAt, lastFailedAt: late.toISOString() },
      ]);
    });

    it.each([
      ['no JSON', '{"version":1,'],
      ['another version', JSON.stringify({ version: 2, source: 'shop', events: [order(1)] })],
      ['no events', JSON.stringify({ version: 1, source: 'shop', events: [] })],
      ['not a message', '"text"'],
    ])('a message that holds %s, kept whole, and goes on with its neighbours', async (_, body) => {
      const graph = recordingGraph();

      const { letters, report, failedRecordIds } = await runDeliver(
        [{ recordId: 'x', body }, record('a', orders(1))],
        graph,
      );

      expect(letters).toMatchObject([{ code: 'message_undecodable', event: body }]);
      expect(report).toMatchObject({ delivered: 1, undecodable: 1, events: 1 });
      expect(failedRecordIds).toEqual([]);
    });

    it('nothing of a message that no dead letter can hold: the queue keeps it, and its neighbours go on', async () => {
      const body = '"'.repeat(900_000);

      const { letters, report, failedRecordIds } = await runDeliver(
        [{ recordId: 'x', body }, { recordId: 'y', body: 'short' }, record('a', orders(1))],
        recordingGraph(),
      );

      expect(letters).toMatchObject([{ code: 'message_undecodable', event: 'short' }]);
      expect(report).toMatchObject({ delivered: 1, undecodable: 2 });
      expect(failedRecordIds).toEqual(['x']);
    });
  });

  describe('puts back', () => {
    it('only what is owed, for its destination, later and counted', async () => {
      const graph = recordingGraph(onlySecond(() => graphError(2)));

      const { putBack, report, failedRecordIds } = await runDeliver(
        [record('a', [order(1), order(2)], { source: 'chain' })],
        graph,
      );

      expect(putBack).toMatchObject([
        {
          source: 'chain',
          groupId: 'chain/second',
          events: [order(1), order(2)],
          retry: { destination: 'second', mappings: ['purchase'], attempt: 1, firstFailedAt: now.toISOString() },
          delaySeconds: 3,
        },
      ]);
      expect(report).toMatchObject({ delivered: 2, waiting: 2, reasons: { waiting: { graph_2: 2 } } });
      expect(failedRecordIds).toEqual([]);
    });

    it('nothing when all was delivered', async () => {
      const { putBack } = await runDeliver([record('a', orders(3))]);

      expect(putBack).toEqual([]);
    });

    it('an event that two mappings owe once, with both names', async () => {
      const { putBack, report } = await runDeliver(
        [record('a', [order(1, gift)])],
        recordingGraph(() => graphError(1)),
      );

      expect(putBack).toHaveLength(1);
      expect(putBack[0]).toMatchObject({ events: [order(1, gift)], retry: { mappings: ['purchase', 'gift'] } });
      expect(report.waiting).toBe(2);
    });

    it('an event under the one mapping that still owes it', async () => {
      const judge: Judge = ({ events: [first] }) => (first?.event_name === 'Gift' ? graphError(1) : undefined);
      // A test code of its own puts the second mapping into a request of its own.
      const [purchase, giftMapping] = mainConfig.mappings as [MappingConfig, MappingConfig];
      const coded = { ...giftMapping, fields: { ...giftMapping.fields, test_event_code: 'TEST1' } };
      const apart = { ...config, destinations: { main: { ...mainConfig, mappings: [purchase, coded] } } };

      const { putBack } = await runDeliver([record('a', [order(1, gift)])], {
        ...recordingGraph(judge),
        destinations: await compileDestinations(apart, sha256Hex),
      });

      expect(putBack).toMatchObject([{ retry: { mappings: ['gift'] } }]);
    });

    it('what was put back before with one attempt more and the same first failure', async () => {
      const { putBack } = await runDeliver(
        [record('a', [order(1)], { retry })],
        recordingGraph(() => graphError(1)),
      );

      expect(putBack).toMatchObject([{ retry: { ...retry, attempt: 4 } }]);
    });

    it('what there was no time to send, as no try', async () => {
      let asked = 0;

      const { putBack, report } = await runDeliver([record('a', orders(2))], { isOutOfTime: () => asked++ > 0 });

      expect(putBack).toMatchObject([{ events: orders(2), retry: { attempt: 0 } }]);
      expect(report).toMatchObject({ waiting: 2, requests: 0, reasons: { waiting: { out_of_time: 2 } } });
    });

    it('what a refused token holds, while the other destination goes on', async () => {
      const graph = recordingGraph(onlySecond(() => graphError(190)));

      const { putBack, tokens, report } = await runDeliver([record('a', orders(3), { source: 'chain' })], graph);

      expect(idsOf(graph.delivered)).toEqual(['order-0', 'order-1', 'order-2']);
      expect(putBack).toMatchObject([{ retry: { destination: 'second' } }]);
      expect(tokens.dropped).toEqual(['conversions/test/second']);
      expect(report).toMatchObject({ delivered: 3, waiting: 3, dead: 0 });
    });

    it('a retried event for its own destination and mappings only', async () => {
      const graph = recordingGraph();
      const owed = record('a', [order(1, gift)], { source: 'chain', retry: { ...retry, mappings: ['gift'] } });

      await runDeliver([owed], graph);

      expect(graph.requests.map(({ datasetId, events }) => [datasetId, events[0]?.event_name])).toEqual([
        ['1234567890123456', 'Gift'],
      ]);
    });
  });

  describe('hands a record back to the queue', () => {
    it('when what it owes cannot be put back, and only then', async () => {
      const graph = recordingGraph(onlySecond(() => graphError(1)));

      const { failedRecordIds, report } = await runDeliver(
        [record('a', [order(1)]), record('b', [order(2)], { source: 'outlet' })],
        { ...graph, events: downQueue },
      );

      expect(failedRecordIds).toEqual(['b']);
      expect(report).toMatchObject({ delivered: 1, waiting: 1 });
    });

    it('when its dead letter cannot be kept', async () => {
      const { failedRecordIds, report } = await runDeliver(
        [record('a', [brokenOrder(1)]), record('b', orders(2)), { recordId: 'c', body: 'noise' }],
        { deadLetters: downQueue },
      );

      expect(failedRecordIds).toEqual(['a', 'c']);
      expect(report.delivered).toBe(2);
    });

    it('once, and puts nothing of it back, when it comes back anyway', async () => {
      const { failedRecordIds, putBack } = await runDeliver(
        [record('a', [brokenOrder(1), order(2)]), record('b', [order(3)])],
        { ...recordingGraph(() => graphError(1)), deadLetters: downQueue },
      );

      expect(failedRecordIds).toEqual(['a']);
      expect(putBack.flatMap(({ events }) => events)).toEqual([order(3)]);
    });

    it('for a queue that fails in any way', async () => {
      const broken: MessageQueue = {
        send: () => Promise.reject(new QueueUnavailableError('SQS did not take 1 messages.')),
      };

      const { failedRecordIds } = await runDeliver([record('a', [order(1)]), record('b', [brokenOrder(2)])], {
        ...recordingGraph(() => graphError(1)),
        events: broken,
        deadLetters: broken,
      });

      expect(failedRecordIds.toSorted()).toEqual(['a', 'b']);
    });
  });
});
