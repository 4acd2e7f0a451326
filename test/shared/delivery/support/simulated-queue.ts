import { type DeliverEffects, type DeliverResult, deliver } from '../../../../shared/delivery/deliver.ts';
import { DestinationHealth } from '../../../../shared/delivery/destination-health.ts';
import type { QueueRecord } from '../../../../shared/delivery/queue-record.ts';
import { firstWithin } from '../../../../shared/lib/first-within.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { DeadLetter } from '../../../../shared/queue/dead-letter.ts';
import type { Destination } from '../../../../shared/queue/destination.ts';
import { packMessages, sqsLimits } from '../../../../shared/queue/message.ts';
import type { MessageQueue, OutgoingMessage } from '../../../../shared/queue/ports.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { seededRandom } from '../../../chaos/seeded-random.ts';
import { track } from '../../../support/factories.ts';

export const startMs = Date.parse('2026-03-10T12:00:00.000Z');

interface Visible {
  readonly message: OutgoingMessage;
  readonly atMs: number;
  readonly receives: number;
}

interface Options {
  readonly destinations: readonly Destination[];
  readonly seed?: number;
  /** Containers that invocations go to in turn, each with a memory of its own. */
  readonly containers?: number;
  readonly maxRetryDelaySeconds?: number;
  readonly effects?: Partial<DeliverEffects>;
}

/** The events queue and the deliver function on a clock that jumps from one message to the next. */
export class SimulatedQueue {
  nowMs = startMs;
  readonly letters: DeadLetter[] = [];
  readonly results: DeliverResult[] = [];
  effects: Partial<DeliverEffects>;
  private waiting: Visible[] = [];
  private readonly options: Options;
  private readonly random: () => number;
  private readonly healths: DestinationHealth[];
  private invocations = 0;

  constructor(options: Options) {
    this.options = options;
    this.effects = options.effects ?? {};
    this.random = seededRandom(options.seed ?? 1);
    this.healths = Array.from(
      { length: options.containers ?? 1 },
      () =>
        new DestinationHealth(this.clock, {
          random: this.random,
          ...(options.maxRetryDelaySeconds !== undefined && { askSeconds: options.maxRetryDelaySeconds }),
        }),
    );
  }

  readonly clock = (): Date => new Date(this.nowMs);

  /** Queues events as ingest does. */
  add(ids: readonly string[], source = 'shop'): void {
    const receivedAt = this.clock().toISOString();
    this.addEvents(
      ids.map((messageId) => track('Order Completed', {}, { messageId, receivedAt, timestamp: receivedAt })),
      source,
    );
  }

  addEvents(events: readonly JsonObject[], source = 'shop'): void {
    const written = events.map((event) => {
      const json = JSON.stringify(event);
      return { json, bytes: Buffer.byteLength(json) };
    });
    this.send(packMessages({ source }, written).map((body) => ({ body, groupId: source })));
  }

  /** Requests that SQS charges: each 64 KB that is sent or received, and ten messages deleted at a time. */
  charged = 0;

  /** Takes over what waits in another queue. */
  adopt(other: SimulatedQueue): void {
    this.waiting.push(...other.waiting);
    this.nowMs = Math.max(this.nowMs, other.nowMs);
  }

  /** Bodies of what waits. */
  get bodies(): readonly string[] {
    return this.waiting.map(({ message }) => message.body);
  }

  /** Changes what waits. */
  change(to: (body: string) => string): void {
    this.waiting = this.waiting.map((each) => ({ ...each, message: { ...each.message, body: to(each.message.body) } }));
  }

  get size(): number {
    return this.waiting.length;
  }

  /** Invokes the function with all that is due within a second, until the queue is empty or so much time is over. */
  async run(seconds: number): Promise<void> {
    const endMs = this.nowMs + seconds * 1_000;
    while (this.waiting.length > 0) {
      const nextMs = Math.max(this.nowMs, Math.min(...this.waiting.map(({ atMs }) => atMs)));
      if (nextMs > endMs) break;
      this.nowMs = nextMs;
      const due = firstBatch(this.waiting.filter(({ atMs }) => atMs <= nextMs + 1_000));
      this.waiting = this.waiting.filter((each) => !due.has(each));
      await this.invoke([...due]);
    }
    if (this.waiting.length > 0) this.nowMs = endMs;
  }

  private async invoke(due: readonly Visible[]): Promise<void> {
    const { destinations, maxRetryDelaySeconds } = this.options;
    this.charged += due.reduce((sum, { message }) => sum + unitsOf(message), 0) + due.length / 10;
    const records: QueueRecord[] = due.map(({ message: { body, groupId }, receives }, index) => ({
      recordId: String(index),
      body,
      groupId,
      receiveCount: receives,
    }));
    const result = await deliver(records, {
      config: { sources: everySource(destinations.map(({ name }) => name)) },
      destinations: new Map(destinations.map((destination) => [destination.name, destination])),
      events: this.queue((messages) => this.send(messages)),
      deadLetters: this.queue((messages) =>
        this.letters.push(...messages.map(({ body }) => DeadLetter.parse(JSON.parse(body)))),
      ),
      clock: this.clock,
      random: this.random,
      isOutOfTime: () => false,
      health: this.healths[this.invocations++ % this.healths.length],
      maxRetryDelaySeconds,
      sha256: sha256Hex,
      ...this.effects,
    });
    this.results.push(result);
    for (const id of result.failedRecordIds) {
      const failed = due[Number(id)] as Visible;
      this.waiting.push({ ...failed, atMs: this.nowMs + 365_000, receives: failed.receives + 1 });
    }
  }

  private queue(take: (messages: readonly OutgoingMessage[]) => void): MessageQueue {
    return {
      send: async (messages) => {
        take(messages);
      },
    };
  }

  private send(messages: readonly OutgoingMessage[]): void {
    for (const message of messages) {
      this.charged += unitsOf(message);
      this.waiting.push({ message, atMs: this.nowMs + (message.delaySeconds ?? 0) * 1_000, receives: 1 });
    }
  }
}

const unitsOf = ({ body }: OutgoingMessage): number => Math.ceil(Buffer.byteLength(body) / sqsLimits.billedBytes);

/** As many messages as Lambda hands over at once: six megabytes, in which each has a frame and its quotes grow. */
const firstBatch = (due: readonly Visible[]): ReadonlySet<Visible> =>
  new Set(firstWithin(due, 5.2 * 1024 * 1024, ({ message: { body } }) => body.length));

const everySource = (destinations: string[]) =>
  Object.fromEntries(
    ['shop', 'outlet', 'flood'].map((name) => [name, { writeKeyHashes: ['a'.repeat(64)], destinations }]),
  );

export const ids = (count: number, prefix = 'event'): string[] =>
  Array.from({ length: count }, (_, number) => `${prefix}-${number}`);
