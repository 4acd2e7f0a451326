import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenUnavailableError } from '../../../shared/errors.ts';
import type { Batch } from '../../../shared/delivery/batch.ts';
import type { DestinationToken } from '../../../shared/queue/ports.ts';
import { DestinationHealth } from '../../../shared/delivery/destination-health.ts';
import type { Outcome } from '../../../shared/delivery/outcome.ts';
import { type SendEffects, sendBatch } from '../../../shared/delivery/send-batch.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import type { SendEvents } from '../../../shared/meta/graph/graph-client.ts';
import { readGraphError } from '../../../shared/meta/graph/graph-error.ts';
import type { TokenSource } from '../../../shared/queue/ports.ts';
import { now } from '../../support/factories.ts';
import { badEvent, graphError, type Judge, recordingGraph, refusing } from '../../support/recording-graph.ts';
import { batchOf, idsOf, main, owedOrders, recordingTokens, sendingTo } from './delivery-fixture.ts';

const thousand = owedOrders(1_000);

interface Overrides extends Partial<SendEffects> {
  readonly tokens?: TokenSource;
  readonly sendEvents?: SendEvents;
  readonly compiled?: CompiledDestination;
}

async function send(
  batch: Batch,
  judge?: Judge,
  { tokens: given, sendEvents, compiled = main, ...overrides }: Overrides = {},
) {
  const graph = recordingGraph(judge);
  const tokens = recordingTokens();
  const tally = { requests: 0, accepted: 0, throttled: 0, received: 0, sent: 0 };
  const destination = sendingTo(compiled, { tokens: given ?? tokens, sendEvents: sendEvents ?? graph.sendEvents });
  const effects = {
    health: new DestinationHealth(() => now),
    random: () => 0.5,
    isOutOfTime: () => false,
    ...overrides,
  };
  const outcomes = await sendBatch({ ...batch, destination }, effects, tally);
  return { ...graph, tokens, tally, outcomes };
}

const withStatus = (outcomes: readonly Outcome[], status: Outcome['status']): string[] =>
  outcomes.filter((outcome) => outcome.status === status).map(({ owed }) => owed.event.members.messageId);
const sorted = (ids: readonly (string | undefined)[]): (string | undefined)[] => ids.toSorted();
const reasonsOf = (outcomes: readonly Outcome[]): Set<string> =>
  new Set(outcomes.flatMap((outcome) => (outcome.status === 'delivered' ? [] : [outcome.failure.reason])));

describe('sendBatch', () => {
  it('sends a good batch as one request and counts what Meta received', async () => {
    const { requests, outcomes, tally } = await send(batchOf(thousand));

    expect(requests).toHaveLength(1);
    expect(withStatus(outcomes, 'delivered')).toHaveLength(1_000);
    expect(tally).toEqual({ requests: 1, accepted: 1, throttled: 0, sent: 1_000, received: 1_000 });
  });

  it('sends under the dataset, version, token, test code, upload tag and proof of the batch', async () => {
    const compiled = {
      ...main,
      config: { ...main.config, uploadTag: 'store-7', partnerAgent: 'shop-1', graphVersion: 'v25.0' },
    };
    const token: DestinationToken = { accessToken: 'token-2', appSecret: 'secret' };

    const { requests } = await send(batchOf(thousand.slice(0, 1), { partition: 'TEST1' }), undefined, {
      compiled,
      tokens: recordingTokens(token),
    });

    expect(requests).toMatchObject([{ datasetId: '1234567890123456', graphVersion: 'v25.0', token }]);
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      test_event_code: 'TEST1',
      upload_tag: 'store-7',
      partner_agent: 'shop-1',
      appsecret_proof: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  describe('isolates', () => {
    it.each([0, 1, 499, 500, 777, 999])('the bad event at place %i of a thousand in 21 requests', async (place) => {
      const culprit = `order-${place}`;

      const { outcomes, delivered, requests } = await send(batchOf(thousand), refusing([culprit]));

      expect(requests.length).toBeLessThanOrEqual(21);
      expect(outcomes).toHaveLength(1_000);
      expect(withStatus(outcomes, 'dead')).toEqual([culprit]);
      expect(sorted(idsOf(delivered))).toEqual(
        sorted(thousand.map(({ event }) => event.members.messageId).filter((id) => id !== culprit)),
      );
    });

    // Two levels are bad all over, 1 + 4 + 16 requests; below them each culprit costs four on each of three levels.
    it.each([
      ['spread evenly', (index: number) => index * 97 + 13, 141],
      ['side by side', (index: number) => 500 + index, 50],
      ['at random', (index: number) => (index * 7_919 + 211) % 1_000, 141],
    ])('ten bad events of a thousand, %s, and delivers every neighbour once', async (_, placeOf, atMost) => {
      const culprits = Array.from({ length: 10 }, (_, index) => `order-${placeOf(index)}`);

      const { outcomes, delivered, requests } = await send(batchOf(thousand), refusing(culprits));

      expect(requests.length).toBeLessThanOrEqual(atMost);
      expect(sorted(withStatus(outcomes, 'dead'))).toEqual(sorted(culprits));
      expect(new Set(idsOf(delivered)).size).toBe(990);
      expect(delivered).toHaveLength(990);
    });

    it('any set of bad events, each neighbour delivered exactly once', async () => {
      const events = thousand.slice(0, 60);
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.nat(59)), async (places) => {
          const culprits = places.map((place) => `order-${place}`);

          const { outcomes, delivered } = await send(batchOf(events), refusing(culprits));

          expect(sorted(withStatus(outcomes, 'dead'))).toEqual(sorted(culprits));
          const good = events.map(({ event }) => event.members.messageId).filter((id) => !culprits.includes(id));
          expect(sorted(idsOf(delivered))).toEqual(sorted(good));
          expect(sorted(withStatus(outcomes, 'delivered'))).toEqual(sorted(good));
        }),
        { numRuns: 50 },
      );
    });

    it('with Meta’s reason, code and subcode', async () => {
      const { outcomes } = await send(batchOf(thousand.slice(0, 3)), refusing(['order-1']));

      expect(outcomes.filter(({ status }) => status === 'dead')).toMatchObject([
        { failure: { label: 'graph_100_2804050', note: { traceId: 'Atrace' }, reason: badEvent.reason } },
      ]);
    });

    it.each([
      ['object', (index: number) => ({ event_index: index })],
      ['JSON text', (index: number) => JSON.stringify({ event_index: index })],
    ])('the event that Meta points at, as %s, first', async (_, dataOf) => {
      const judge: Judge = ({ events }) => {
        const index = events.findIndex(({ event_id: id }) => id === 'order-700');
        return index === -1 ? undefined : graphError(100, { subcode: 1815356, data: dataOf(index) });
      };

      const { outcomes, requests } = await send(batchOf(thousand), judge);

      expect(requests.map(({ events }) => events.length)).toEqual([1_000, 1, 999]);
      expect(withStatus(outcomes, 'dead')).toEqual(['order-700']);
    });

    it('by parts where Meta points at an event that is not in the request', async () => {
      const lost = graphError(100, { subcode: 1815356, data: { event_index: 5_000 } });

      const { outcomes } = await send(batchOf(thousand.slice(0, 8)), refusing(['order-3'], lost));

      expect(withStatus(outcomes, 'dead')).toEqual(['order-3']);
    });

    it('by parts where the whole request is too large', async () => {
      const judge: Judge = ({ events }) => (events.length > 100 ? readGraphError(413, 'Too large.') : undefined);

      const { outcomes } = await send(batchOf(thousand), judge);

      expect(withStatus(outcomes, 'delivered')).toHaveLength(1_000);
    });

    it('a whole batch of bad events with few requests open at a time', async () => {
      let open = 0;
      let most = 0;
      const graph = recordingGraph(() => badEvent);

      await send(batchOf(thousand.slice(0, 200)), undefined, {
        sendEvents: async (request) => {
          most = Math.max(most, ++open);
          const answer = await graph.sendEvents(request);
          open--;
          return answer;
        },
      });

      expect(graph.requests).toHaveLength(285);
      expect(most).toBeLessThanOrEqual(8);
    });
  });

  describe('holds', () => {
    const wrongSetting = graphError(100);

    it('events that are all refused alike for no fault of their own', async () => {
      const { outcomes } = await send(batchOf(thousand.slice(0, 20)), () => wrongSetting);

      expect(withStatus(outcomes, 'waiting')).toHaveLength(20);
      expect(outcomes).toMatchObject(outcomes.map(() => ({ failure: { action: 'hold', label: 'graph_100' } })));
    });

    it('them also when time runs out before the last was tried', async () => {
      let left = 12;

      const { outcomes } = await send(batchOf(thousand.slice(0, 8)), () => wrongSetting, {
        isOutOfTime: () => left-- <= 0,
      });

      expect(withStatus(outcomes, 'waiting')).toHaveLength(8);
      expect(reasonsOf(outcomes).size).toBe(2);
    });

    it('not those that Meta finds fault with, even when none is left', async () => {
      const { outcomes } = await send(batchOf(thousand.slice(0, 20)), () => badEvent);

      expect(withStatus(outcomes, 'dead')).toHaveLength(20);
    });

    it('not those whose neighbours were taken', async () => {
      const { outcomes } = await send(batchOf(thousand.slice(0, 4)), refusing(['order-1', 'order-2'], wrongSetting));

      expect(withStatus(outcomes, 'dead')).toEqual(['order-1', 'order-2']);
    });

    it('not those that were refused with different subcodes', async () => {
      const judge: Judge = ({ events: [first] }) =>
        graphError(100, { subcode: first?.event_id === 'order-0' ? 111 : 222 });

      const { outcomes } = await send(batchOf(thousand.slice(0, 2)), judge);

      expect(withStatus(outcomes, 'dead')).toHaveLength(2);
    });

    it('not those that were refused with different errors', async () => {
      const judge: Judge = ({ events: [first] }) => (first?.event_id === 'order-0' ? graphError(105) : wrongSetting);

      const { outcomes } = await send(batchOf(thousand.slice(0, 2)), judge);

      expect(withStatus(outcomes, 'dead')).toHaveLength(2);
    });

    it.each([
      ['a refused token', graphError(190, { subcode: 463 })],
      ['a missing permission', graphError(294)],
      ['an unknown dataset', graphError(100, { subcode: 33 })],
    ])('everything for %s: no split, and the cached token is dropped', async (_, refusal) => {
      const { outcomes, requests, tokens } = await send(batchOf(thousand), () => refusal);

      expect(requests).toHaveLength(1);
      expect(withStatus(outcomes, 'waiting')).toHaveLength(1_000);
      expect(tokens.dropped).toEqual(['conversions/test/main']);
    });

    it('everything while the secret holds no token, without a request', async () => {
      const tokens = { drop: () => {}, get: () => Promise.reject(new TokenUnavailableError('The secret is empty.')) };

      const { outcomes, requests } = await send(batchOf(thousand.slice(0, 3)), undefined, { tokens });

      expect(requests).toEqual([]);
      expect(outcomes).toMatchObject(outcomes.map(() => ({ status: 'waiting', failure: { action: 'hold' } })));
    });
  });

  it.each([
    ['an unknown error', graphError(1)],
    ['an error that is called transient', graphError(100, { subcode: 2804050, transient: true })],
    ['a code that nobody knows', graphError(987_654)],
    ['a request limit', graphError(4)],
  ])('lets all events wait for %s, without splitting or dropping the token', async (_, refusal) => {
    const { outcomes, requests, tokens } = await send(batchOf(thousand), () => refusal);

    expect(requests).toHaveLength(1);
    expect(withStatus(outcomes, 'waiting')).toHaveLength(1_000);
    expect(tokens.dropped).toEqual([]);
  });

  it('stops splitting once Meta asks to slow down', async () => {
    let answered = 0;
    const judge: Judge = () => (answered++ === 1 ? graphError(4) : badEvent);

    const { outcomes, requests } = await send(batchOf(thousand.slice(0, 16)), judge);

    expect(requests.map(({ events }) => events.length)).toEqual([16, 4, 4, 4, 4]);
    expect(withStatus(outcomes, 'waiting')).toHaveLength(16);
    expect(reasonsOf(outcomes)).toEqual(new Set(['The app has reached its request limit.']));
  });

  it('sends nothing once the invocation runs out of time', async () => {
    const { outcomes, requests, tally } = await send(batchOf(thousand.slice(0, 5)), undefined, {
      isOutOfTime: () => true,
    });

    expect(requests).toEqual([]);
    expect(withStatus(outcomes, 'waiting')).toHaveLength(5);
    expect(tally.requests).toBe(0);
  });

  it('lets a bug through', async () => {
    const bug = new TypeError('x is not a function');

    await expect(
      send(batchOf(thousand.slice(0, 1)), undefined, { sendEvents: () => Promise.reject(bug) }),
    ).rejects.toBe(bug);
  });
});
