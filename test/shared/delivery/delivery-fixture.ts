import { queuedEvent } from '../../../shared/queue/message-reader.ts';
import { Config, type ConfigInput } from '../../../shared/config/config.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { Batch } from '../../../shared/delivery/batch.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import { type DeliverEffects, deliver } from '../../../shared/delivery/deliver.ts';
import type { OwedEvent } from '../../../shared/delivery/outcome.ts';
import type { QueueRecord } from '../../../shared/delivery/queue-record.ts';
import type { SendEvents } from '../../../shared/meta/graph/graph-client.ts';
import { graphDestination, graphDestinations } from '../../../shared/meta/graph/graph-destination.ts';
import type { Destination } from '../../../shared/queue/destination.ts';
import type { RetryState } from '../../../shared/queue/message.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { EventsBody } from '../../../shared/meta/graph/events-body.ts';
import type { EventMessage } from '../../../shared/queue/message.ts';
import { readMessages } from '../../../shared/queue/read-messages.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { DestinationToken, TokenSource } from '../../../shared/queue/ports.ts';
import type { JsonObject, SegmentEvent } from '../../../shared/segment/event.ts';
import { now, track } from '../../support/factories.ts';
import { recordingGraph } from '../../support/recording-graph.ts';
import { recordingQueue } from '../../support/recording-queue.ts';

const fields = { action_source: 'system_generated' };

/** Every order is a Purchase; one with `gift: true` is a Gift as well. */
const orderMappings = [
  { name: 'purchase', action: 'purchase', fields },
  {
    name: 'gift',
    action: 'custom',
    trigger: 'event = "Order Completed" and properties.gift = true',
    fields: { ...fields, event_name: 'Gift' },
  },
];

const destination = (datasetId: string, name: string) => ({
  datasetId,
  accessTokenSecret: `conversions/test/${name}`,
  mappings: orderMappings,
});

const configInput: ConfigInput = {
  sources: {
    shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] },
    outlet: { writeKeyHashes: ['c'.repeat(64)], destinations: ['second'] },
    chain: { writeKeyHashes: ['b'.repeat(64)], destinations: ['main', 'second'] },
  },
  destinations: { main: destination('1234567890123456', 'main'), second: destination('6543210987654321', 'second') },
};

/** The source `shop` goes to `main`, `outlet` to `second`, `chain` to both. */
export const config = Config.parse(configInput);
export const destinations = await compileDestinations(config, sha256Hex);
export const main = destinations.get('main') as CompiledDestination;

/** A queued order; its message id, and so its event id, is `order-<number>`. */
export const order = (number: number, properties: JsonObject = {}, overrides: JsonObject = {}): SegmentEvent =>
  track(
    'Order Completed',
    { order_id: `O-${number}`, revenue: 10 + number, currency: 'EUR', ...properties },
    {
      messageId: `order-${number}`,
      receivedAt: '2026-03-10T11:59:01.000Z',
      context: { traits: { email: `person${number}@example.com` } },
      ...overrides,
    },
  ) as SegmentEvent;

/** An order that no mapping can turn into a Purchase. */
export const brokenOrder = (number: number): SegmentEvent => order(number, { currency: 'euros' });

export const orders = (count: number): SegmentEvent[] => Array.from({ length: count }, (_, number) => order(number));

export const record = (
  recordId: string,
  events: readonly SegmentEvent[],
  envelope: { readonly source?: string; readonly retry?: EventMessage['retry'] } = {},
): QueueRecord => ({ recordId, body: JSON.stringify({ version: 1, source: 'shop', ...envelope, events }) });

/** An event with the JSON that is to be sent. */
export type ReadyEvent = OwedEvent & { readonly json: string };

/** A destination that sends by these effects. */
export const sendingTo = (
  compiled: CompiledDestination,
  { sendEvents = recordingGraph().sendEvents, tokens = recordingTokens() as TokenSource } = {},
): Destination => graphDestination(compiled, { sendEvents, tokens });

/** Events as one batch of `main`. */
export function batchOf(events: readonly ReadyEvent[], overrides: Partial<Batch> = {}): Batch {
  const body = new EventsBody();
  for (const { json } of events) body.add(json);
  return { destination: sendingTo(main), partition: undefined, events, body, limit: 1_000, ...overrides };
}

/** Orders as they are owed to `main`, ready to be sent. */
export const owedOrders = (count: number, overrides: Partial<OwedEvent> = {}): ReadyEvent[] =>
  orders(count).flatMap((event) =>
    planEvent(event, main, now).flatMap((verdict) =>
      verdict.status === 'ready'
        ? [
            {
              json: verdict.json,
              partition: verdict.partition,
              destination: sendingTo(main),
              mapping: verdict.mapping,
              source: 'shop',
              event: queuedEvent(event),
              recordId: 'record-1',
              retry: undefined,
              ...overrides,
            },
          ]
        : [],
    ),
  );

export interface RecordingTokens extends TokenSource {
  readonly dropped: string[];
}

/** Gives every secret the same token and remembers which were dropped. */
export function recordingTokens(token: DestinationToken = { accessToken: 'token-1' }): RecordingTokens {
  const dropped: string[] = [];
  return { dropped, get: async () => token, drop: (name) => dropped.push(name) };
}

type Overrides = Partial<Omit<DeliverEffects, 'destinations'>> & {
  readonly sendEvents?: SendEvents;
  readonly destinations?: ReadonlyMap<string, CompiledDestination>;
};

/** Retry state of an event after some tries. */
export const retryAfter = (attempt: number, overrides: Partial<RetryState> = {}): RetryState => ({
  destination: 'main',
  mappings: ['purchase'],
  attempt,
  firstFailedAt: '2026-03-10T08:00:00.000Z',
  ...overrides,
});

/** Runs `deliver` with recording effects, and reads what came of it. */
export async function runDeliver(
  records: readonly QueueRecord[],
  { sendEvents = recordingGraph().sendEvents, destinations: compiled = destinations, ...overrides }: Overrides = {},
) {
  const events = recordingQueue();
  const deadLetters = recordingQueue();
  const tokens = recordingTokens();
  const effects: DeliverEffects = {
    config,
    destinations: graphDestinations(compiled, { tokens, sendEvents }),
    events,
    deadLetters,
    isOutOfTime: () => false,
    clock: () => now,
    random: () => 0.5,
    sha256: sha256Hex,
    ...overrides,
  };
  const result = await deliver(records, effects);
  return {
    ...result,
    tokens,
    putBackMessages: events.messages,
    /** The messages that those stand for. */
    putBack: events.messages.flatMap((message) =>
      (readMessages(JSON.parse(message.body)) ?? []).map((each) => ({ ...message, ...each })),
    ),
    letters: deadLetters.bodies().map((letter) => DeadLetter.parse(letter)),
  };
}

export const idsOf = (events: readonly { readonly event_id?: string | undefined }[]): (string | undefined)[] =>
  events.map(({ event_id: id }) => id);
