import { messageText } from '../lib/json/message-text.ts';
import type { Config } from '../config/config.ts';
import { QueueUnavailableError } from '../errors.ts';
import { yieldToEventLoop } from '../lib/concurrency.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { Destination } from '../queue/destination.ts';
import { loggedId } from '../queue/logged-id.ts';
import { bodyOf, largestMessageBytes } from '../queue/message.ts';
import type { QueuedEvent, QueuedMessage, ReadBody } from '../queue/queued-message.ts';
import type { Clock, MessageQueue, OutgoingMessage } from '../queue/ports.ts';
import { type RulesOfSource, rulesOfSources } from '../segment/source-rules.ts';
import { BatchSender } from './batch-sender.ts';
import { deadLetterOfOutcome, deadLetterOfRecord, deadLetterOfVerdict } from './dead-letters.ts';
import type { DeliveryReceipts } from './delivery-receipts.ts';
import { DestinationHealth } from './destination-health.ts';
import { type Failure, type Outcome, ownFailure } from './outcome.ts';
import { type LoggedIds, OutcomeGroups } from './outcome-groups.ts';
import { planEvent, type Verdict } from './plan.ts';
import type { QueueRecord } from './queue-record.ts';
import { readRecord } from './read-record.ts';
import { type DeliveryReport, ReportBuilder } from './report.ts';
import { retryMessages } from './retry-messages.ts';
import { SourceTurns, sourceOf } from './source-turns.ts';

export interface DeliverEffects {
  readonly config: Pick<Config, 'sources'>;
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly events: MessageQueue;
  readonly deadLetters: MessageQueue;
  readonly clock: Clock;
  /** From 0 up to 1, for the jitter of delays. */
  readonly random: () => number;
  /** Whether too little of the invocation is left for another request. */
  readonly isOutOfTime: () => boolean;
  /** Memory of the container about its destinations; without it, every invocation is judged by itself. */
  readonly health?: DestinationHealth | undefined;
  /** Time for mapping events; without it, as much as it takes. */
  readonly planning?: PlanningTime | undefined;
  /** No event waits longer for its next try; SQS's limit if left out. */
  readonly maxRetryDelaySeconds?: number | undefined;
  readonly sha256: Sha256;
  /** Reads the messages of the queue; without it, whole. */
  readonly readBody?: ReadBody | undefined;
  /** Whose message ids come with the result. */
  readonly loggedIds?: LoggedIds | undefined;
  /** Gets a receipt of every step; without it there are none. */
  readonly receipts?: DeliveryReceipts | undefined;
}

/** Mapping must leave time to send what was mapped, and one source must leave time for the others. */
export interface PlanningTime {
  readonly totalMs: number;
  readonly perSourceMs: number;
}

export interface DeliverResult {
  /** Records that were looked at. */
  readonly records: number;
  /** Records that the queue must hand out again: what they hold could be neither sent nor kept elsewhere. */
  readonly failedRecordIds: readonly string[];
  readonly report: DeliveryReport;
  /** Which events ended how. */
  readonly groups: OutcomeGroups;
}

/** A message to send, and the records that must come back if it is not confirmed. */
interface Owned extends OutgoingMessage {
  readonly recordIds: readonly string[];
}

/** Mapped in one go, in about three milliseconds; then what the network has for us is looked at. */
const eventsPerYield = 100;
const msPerYield = 10;

/** An ordinary event takes some twenty microseconds. */
const slowMs = 100;

/** Events that were not looked at come back when their source has had its share of a few invocations. */
const handBackSeconds = 15;

/**
 * Maps, sends and accounts for the events of some records. Every event ends as delivered, skipped or dead, or waits: put
 * back on the queue by itself, for the destination that still owes it. A batch goes out as soon as it is full, while the
 * next one is being mapped. Records that there is no time for go back as they came.
 */
export async function deliver(records: readonly QueueRecord[], effects: DeliverEffects): Promise<DeliverResult> {
  return new Delivery(effects).run(records);
}

/** One invocation. */
class Delivery {
  private readonly effects: DeliverEffects;
  private readonly rules: RulesOfSource;
  private readonly startedAt: Date;
  private readonly groups: OutcomeGroups;
  private readonly report: ReportBuilder;
  private readonly receipts: DeliveryReceipts | undefined;
  private readonly sender: BatchSender;
  private readonly letters: Owned[] = [];
  private readonly handedBack: Owned[] = [];
  /** Not to be sent yet. */
  private readonly deferred: Outcome[] = [];
  /** Neither a queue nor a dead letter can hold them. */
  private readonly unkeepable: string[] = [];

  constructor(effects: DeliverEffects) {
    this.effects = effects;
    this.rules = rulesOfSources(effects.config);
    this.startedAt = effects.clock();
    this.groups = new OutcomeGroups(effects.loggedIds ?? 'failures', effects.sha256);
    this.report = new ReportBuilder(this.groups, effects.maxRetryDelaySeconds);
    this.receipts = effects.receipts;
    const health = effects.health ?? new DestinationHealth(effects.clock, { random: effects.random });
    const { random, isOutOfTime } = effects;
    this.sender = new BatchSender({ health, random, isOutOfTime }, this.startedAt, this.report.tally, (outcomes) => {
      const now = effects.clock();
      this.count(outcomes, now);
      for (const outcome of outcomes) {
        if (outcome.status === 'delivered' || (outcome.status === 'waiting' && !outcome.failure.alone)) continue;
        health.conduct.refused(outcome.owed.destination.name, outcome.owed.source, now.getTime());
      }
    });
  }

  async run(records: readonly QueueRecord[]): Promise<DeliverResult> {
    const { effects, report, letters } = this;
    await this.plan(records);
    const undelivered = await this.sender.finish();
    const now = effects.clock();
    this.count(this.deferred, now);
    for (const outcome of undelivered) {
      if (outcome.status !== 'dead') continue;
      letters.push({ body: messageText(deadLetterOfOutcome(outcome, now)), recordIds: [outcome.owed.recordId] });
    }
    const unkept = new Set([...this.unkeepable, ...(await unconfirmed(effects.deadLetters, letters))]);
    // A record that comes back brings all of its events again.
    const waiting = [...this.deferred, ...undelivered].flatMap((outcome) =>
      outcome.status === 'waiting' && !unkept.has(outcome.owed.recordId) ? [outcome] : [],
    );
    const back = [
      ...this.handedBack.filter(({ recordIds: [id = ''] }) => !unkept.has(id)),
      ...retryMessages(waiting, now, effects.random, effects.maxRetryDelaySeconds),
    ];
    const notPutBack = await unconfirmed(effects.events, back);
    const endedAt = effects.clock();
    return {
      records: records.length,
      failedRecordIds: [...unkept.union(notPutBack)],
      report: report.build(endedAt.getTime() - this.startedAt.getTime(), endedAt),
      groups: this.groups,
    };
  }

  /** Maps the events of all records, sources in turn, for as long as there is time. */
  private async plan(records: readonly QueueRecord[]): Promise<void> {
    const { clock, config, isOutOfTime, planning = { totalMs: Infinity, perSourceMs: Infinity } } = this.effects;
    const turns = new SourceTurns(records);
    // Others may wait in the queue for the next invocation.
    const hasOthers = turns.isShared || Object.keys(config.sources).length > 1;
    const shareMs = hasOthers ? planning.perSourceMs : planning.totalMs;
    const startMs = this.startedAt.getTime();
    let lastMs = startMs;
    let yieldedMs = startMs;
    let sinceYield = 0;
    for (let record = turns.take(shareMs); record !== undefined; record = turns.take(shareMs)) {
      if (isOutOfTime() || lastMs - startMs >= planning.totalMs) {
        this.handBack(record);
        break;
      }
      const message = await this.read(record);
      if (message === undefined) continue;
      const { source, events } = message;
      for (const [place, event] of events.entries()) {
        this.planEvent(event, message, record.recordId);
        const nowMs = clock().getTime();
        const tookMs = nowMs - lastMs;
        lastMs = nowMs;
        turns.spent(tookMs);
        sinceYield++;
        if (tookMs >= slowMs) {
          this.report.slowEvent({
            source,
            messageId: loggedId(event.members.messageId, this.effects.sha256),
            planMs: tookMs,
          });
          const isOver = turns.spentMs >= shareMs || nowMs - startMs >= planning.totalMs || isOutOfTime();
          if (isOver && place + 1 < events.length) {
            this.handBack(record, bodyOf(message, events.slice(place + 1)));
            break;
          }
        }
        if (sinceYield < eventsPerYield && nowMs - yieldedMs < msPerYield) continue;
        sinceYield = 0;
        await yieldToEventLoop();
        // What others did meanwhile is not the source's time.
        lastMs = clock().getTime();
        yieldedMs = lastMs;
      }
    }
    for (const record of turns.rest()) this.handBack(record);
  }

  private async read(record: QueueRecord): Promise<QueuedMessage | undefined> {
    const read = await readRecord(record, this.rules, this.effects.readBody);
    if ('message' in read) return read.message;
    const { recordId, body } = record;
    this.report.undecodableMessage();
    this.receipts?.undecodable(this.startedAt);
    const letter = read.letter ?? messageText(deadLetterOfRecord(body, this.startedAt));
    // SQS moves it to the dead letter queue as it is, once it has come too often.
    if (Buffer.byteLength(letter) > largestMessageBytes) this.unkeepable.push(recordId);
    else this.letters.push({ recordIds: [recordId], body: letter });
    return undefined;
  }

  /** @param body another one than the record's, where only a part of it is left */
  private handBack(record: QueueRecord, body: string = record.body): void {
    this.report.messageHandedBack();
    const { recordId, groupId = sourceOf(record) } = record;
    this.handedBack.push({ body, groupId, delaySeconds: this.handBackDelay(), recordIds: [recordId] });
  }

  private handBackDelay(): number {
    const { random, maxRetryDelaySeconds = handBackSeconds } = this.effects;
    return 1 + Math.floor(random() * Math.min(handBackSeconds, maxRetryDelaySeconds));
  }

  private planEvent(event: QueuedEvent, { source, retry, origin }: QueuedMessage, recordId: string): void {
    const { startedAt } = this;
    const { config, destinations } = this.effects;
    if (origin !== undefined) this.receipts?.again(origin, { source, event, retry }, startedAt);
    const names = retry ? [retry.destination] : (config.sources[source]?.destinations ?? []);
    if (names.length === 0) {
      this.tell({ status: 'skipped', reason: 'source_removed' }, undefined, event, source);
    }
    for (const name of names) {
      const destination = destinations.get(name);
      if (destination === undefined) {
        // Each mapping that was still owed gets its outcome.
        for (const mapping of retry?.mappings ?? [undefined])
          this.tell(
            { status: 'skipped', reason: 'destination_removed', ...(mapping && { mapping }) },
            name,
            event,
            source,
          );
        continue;
      }
      for (const verdict of planEvent(event.members, destination, startedAt, retry?.mappings)) {
        this.collect(verdict, { source, recordId, event, destination, retry });
      }
    }
  }

  private collect(verdict: Verdict, origin: Origin): void {
    const { source, recordId, event, destination, retry } = origin;
    this.tell(verdict, destination.name, event, source);
    if (verdict.status === 'dead') {
      this.letters.push({
        recordIds: [recordId],
        body: messageText(deadLetterOfVerdict(verdict, origin, this.startedAt)),
      });
    }
    if (verdict.status !== 'ready') return;
    const { json, partition, mapping, eventId } = verdict;
    const sent = this.receipts?.sentOf(eventId, json, event, destination);
    const owed = { destination, partition, mapping, source, event, recordId, retry, sent };
    const waitSeconds = retry === undefined ? secondsUntilDue(event, destination, this.startedAt) : 0;
    if (waitSeconds <= 0) this.sender.add(owed, json);
    else this.deferred.push({ status: 'waiting', owed, failure: notDue(waitSeconds) });
  }

  private count(outcomes: readonly Outcome[], now: Date): void {
    for (const outcome of outcomes) {
      this.report.outcome(outcome, now);
      this.receipts?.outcome(outcome, now);
    }
  }

  private tell(verdict: Verdict, destination: string | undefined, event: QueuedEvent, source: string): void {
    this.report.verdict(verdict, destination, event.members.messageId);
    this.receipts?.verdict(verdict, { destination, event, source }, this.startedAt);
  }
}

interface Origin {
  readonly source: string;
  readonly recordId: string;
  readonly event: QueuedEvent;
  readonly destination: Destination;
  readonly retry: QueuedMessage['retry'];
}

function secondsUntilDue(
  { members: { receivedAt } }: QueuedEvent,
  { deliverAfterSeconds }: Destination,
  now: Date,
): number {
  return deliverAfterSeconds === 0 ? 0 : deliverAfterSeconds - (now.getTime() - Date.parse(receivedAt)) / 1_000;
}

const notDue = (retryAfterSeconds: number): Failure => ownFailure('defer', { action: 'defer', retryAfterSeconds });

/** Sends messages. @returns the records of those that the queue did not confirm */
async function unconfirmed(queue: MessageQueue, messages: readonly Owned[]): Promise<ReadonlySet<string>> {
  if (messages.length === 0) return new Set();
  try {
    await queue.send(messages.map(({ body, groupId, delaySeconds }) => ({ body, groupId, delaySeconds })));
    return new Set();
  } catch (error) {
    const places = error instanceof QueueUnavailableError ? error.unconfirmed : undefined;
    const lost = places?.flatMap((place) => messages[place] ?? []) ?? messages;
    return new Set(lost.flatMap(({ recordIds }) => recordIds));
  }
}
