import { describe, expect, it } from 'vitest';
import { DestinationHealth } from '../../../shared/delivery/destination-health.ts';
import type { EventsRequest, SendEvents } from '../../../shared/meta/graph/graph-client.ts';
import { sendBatch } from '../../../shared/delivery/send-batch.ts';
import { graphError } from '../../support/recording-graph.ts';
import type { TokenSource } from '../../../shared/queue/ports.ts';
import { now } from '../../support/factories.ts';
import { batchOf, main, owedOrders, sendingTo } from './delivery-fixture.ts';

const events = owedOrders(3);
const batch = batchOf(events);

/** A secret that gives its tokens one after the other, the last one for ever. */
const secret = (...tokens: string[]) => {
  let reads = 0;
  let cached: string | undefined;
  return {
    get: async () => {
      cached ??= tokens[Math.min(reads++, tokens.length - 1)] as string;
      return { accessToken: cached };
    },
    drop: () => {
      cached = undefined;
    },
    reads: () => reads,
  };
};

/** A Graph API that takes one token only. */
const takingOnly = (good: string) => {
  const used: string[] = [];
  const sendEvents = async ({ token }: EventsRequest) => {
    used.push(token.accessToken);
    return token.accessToken === good
      ? { accepted: true as const, received: 3 }
      : { accepted: false as const, error: graphError(190) };
  };
  return { sendEvents, used };
};

const send = (tokens: TokenSource, sendEvents: SendEvents) =>
  sendBatch(
    { ...batch, destination: sendingTo(main, { tokens, sendEvents }) },
    { health: new DestinationHealth(() => now), random: () => 0.5, isOutOfTime: () => false },
    { requests: 0, accepted: 0, throttled: 0, received: 0, sent: 0 },
  );

describe('a token that Meta refuses', () => {
  it('is read again at once, and the events go out under the new one in the same invocation', async () => {
    const tokens = secret('old', 'new');
    const { sendEvents, used } = takingOnly('new');

    const outcomes = await send(tokens, sendEvents);

    expect(used).toEqual(['old', 'new']);
    expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it.each([
    ['the same', ['old'], ['old']],
    ['another that is refused too', ['old', 'older'], ['old', 'older']],
  ])('holds the events when the secret holds %s', async (_, held, expected) => {
    const { sendEvents, used } = takingOnly('new');

    const outcomes = await send(secret(...held), sendEvents);

    expect(used).toEqual(expected);
    expect(outcomes).toHaveLength(3);
    expect(outcomes.every((outcome) => outcome.status === 'waiting' && outcome.failure.label === 'graph_190')).toBe(
      true,
    );
  });
});
