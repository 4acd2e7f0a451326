import { messageText } from '../lib/json/message-text.ts';
import type { Config } from '../config/config.ts';
import { QueueUnavailableError } from '../errors.ts';
import { yieldToEventLoop } from '../lib/concurrency.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { Destination } from '../queue/destination.ts';
import { type HeldMessage, messagesIn } from '../queue/held-message.ts';
import { loggedId } from '../queue/logged-id.ts';
import { bodyOf, largestMessageBytes } from '../queue/message.ts';
import { queued } from '../queue/message-reader.ts';
import type { QueuedEvent, QueuedMessage, ReadBody } from '../queue/queued-message.ts';
import type { Clock, MessageQueue, OutgoingMessage } from '../queue/ports.ts';
import { type RulesOfSource, rulesOfSources } from '../segment/source-rules.ts';
import { BatchSender } from './batch-sender.ts';
import { deadLetterOfOutcome, deadLetterOfRecord, deadLetterOfVerdict } from './dead-letters.ts';
import type { DeliveryReceipts } from './delivery-receipts.ts';
import { DestinationHealth } from './destination-health.ts';
import { deliverHeld, type HeldRecord, unreadMessages, type Unread } from './held-records.ts';
import { messageGroups, type MessageGroups } from './message-groups.ts';
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

/** Events that are in memory at once, as JSON: as many as Lambda hands out in one batch, whatever they were packed into. */
const bytesAtOnce = 5 * 1024 * 1024;
const fewestBytesAtOnce = 1024 * 1024;

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
  private readonly messageGroups: MessageGroups;
  private readonly startedAt: Date;
  private readonly groups: OutcomeGroups;
  private readonly report: ReportBuilder;
  private readonly receipts: DeliveryReceipts | undefined;
  private readonly health: DestinationHealth;
  private readonly letters: Owned[] = [];
  private readonly handedBack: Owned[] = [];
  /** Not to be sent yet. */
  private readonly deferred: Outcome[] = [];
  private readonly undelivered: Outcome[] = [];
  /** Neither a queue nor a dead letter can hold them. */
  private readonly unkeepable: string[] = [];
  /** By the destination that they wait for. */
  private readonly held = new Map<string, HeldRecord[]>();
  private readonly unread: Unread[] = [];
  private planningMs: number;

  constructor(effects: DeliverEffects) {
    this.effects = effects;
    this.rules = rulesOfSources(effects.config);
    this.messageGroups = messageGroups(effects.config);
    this.startedAt = effects.clock();
    this.groups = new OutcomeGroups(effects.loggedIds ?? 'failures', effects.sha256);
    this.report = new ReportBuilder(this.groups, effects.maxRetryDelaySeconds);
    this.receipts = effects.receipts;
    this.health = effects.health ?? new DestinationHealth(effects.clock, { random: effects.random });
    this.planningMs = effects.planning?.totalMs ?? Infinity;
  }

  async run(records: readonly QueueRecord[]): Promise<DeliverResult> {
    const { effects, report, letters } = this;
    const sender = this.newSender();
    await this.plan(records, sender, (record) => this.read(record));
    await Promise.all([this.finish(sender), this.deliverAllHeld(records)]);
    const now = effects.clock();
    this.count(this.deferred, now);
    for (const outcome of this.undelivered) {
      if (outcome.status !== 'dead') continue;
      letters.push({ body: messageText(deadLetterOfOutcome(outcome, now)), recordIds: [outcome.owed.recordId] });
    }
    const unkept = new Set([...this.unkeepable, ...(await unconfirmed(effects.deadLetters, letters))]);
    const back = this.messagesToPutBack(unkept, now);
    const notPutBack = await unconfirmed(effects.events, back);
    const endedAt = effects.clock();
    return {
      records: records.length,
      failedRecordIds: [...unkept.union(notPutBack)],
      report: report.build(endedAt.getTime() - this.startedAt.getTime(), endedAt),
      groups: this.groups,
    };
  }

  /** @param unkept records that come back, and bring all of their events again */
  private messagesToPutBack(unkept: ReadonlySet<string>, now: Date): readonly Owned[] {
    const { random, maxRetryDelaySeconds: limitSeconds } = this.effects;
    const waiting = [...this.deferred, ...this.undelivered].flatMap((outcome) =>
      outcome.status === 'waiting' && !unkept.has(outcome.owed.recordId) ? [outcome] : [],
    );
    return [
      ...this.handedBack.filter(({ recordIds: [id = ''] }) => !unkept.has(id)),
      ...this.unread.flatMap((each) => unreadMessages(each, now, this.messageGroups, random, limitSeconds)),
      ...retryMessages(waiting, now, { groups: this.messageGroups, random, limitSeconds }),
    ];
  }

  private newSender(): BatchSender {
    const { health, report, startedAt } = this;
    const { clock, random, isOutOfTime } = this.effects;
    return new BatchSender({ health, random, isOutOfTime }, startedAt, report.tally, (outcomes) => {
      const now = clock();
      this.count(outcomes, now);
      for (const outcome of outcomes) {
        if (outcome.status === 'delivered' || (outcome.status === 'waiting' && !outcome.failure.alone)) continue;
        health.conduct.refused(outcome.owed.destination.name, outcome.owed.source, now.getTime());
      }
    });
  }

  private async finish(sender: BatchSender): Promise<void> {
    this.undelivered.push(...(await sender.finish()));
  }

  /** Destinations go side by side here, too. */
  private async deliverAllHeld(records: readonly QueueRecord[]): Promise<void> {
    if (this.held.size === 0) return;
    const heldRecords = new Set([...this.held.values()].flat().map(({ record }) => record));
    const others = records.filter((record) => !heldRecords.has(record));
    const free = bytesAtOnce - others.reduce((sum, { body }) => sum + body.length, 0);
    const bytes = Math.max(free, fewestBytesAtOnce) / this.held.size;
    await Promise.all([...this.held].map(([name, own]) => this.deliverHeld(name, own, bytes)));
  }

  private async deliverHeld(name: string, own: readonly HeldRecord[], bytes: number): Promise<void> {
    const { clock, destinations, isOutOfTime } = this.effects;
    const sender = this.newSender();
    const destination = destinations.get(name) as Destination;
    const { unread, late = [] } = await deliverHeld(destination, own, {
      ...{ health: this.health, clock, bytesAtOnce: bytes },
      deliver: async (some) => {
        if (isOutOfTime() || this.planningMs <= 0) return false;
        const messages = new Map(some.map((each) => [each.record, each.message]));
        await this.plan([...messages.keys()], sender, async (record) => this.unpack(record, messages.get(record)));
        await this.finish(sender);
        return true;
      },
    });
    for (const { record } of late) this.handBack(record);
    if (unread === undefined) return;
    const now = clock();
    for (const { message } of unread.records) this.report.unread(message.held, destination, unread.failure, now);
    this.unread.push(unread);
  }

  /** Maps the events of records, sources in turn, for as long as there is time. */
  private async plan(
    records: readonly QueueRecord[],
    sender: BatchSender,
    read: (record: QueueRecord) => Promise<readonly QueuedMessage[]>,
  ): Promise<void> {
    const { clock, config, isOutOfTime, planning = { totalMs: Infinity, perSourceMs: Infinity } } = this.effects;
    const turns = new SourceTurns(records);
    // Others may wait in the queue for the next invocation.
    const hasOthers = turns.isShared || Object.keys(config.sources).length > 1;
    const totalMs = this.planningMs;
    const shareMs = hasOthers ? planning.perSourceMs : totalMs;
    const startMs = clock().getTime();
    let lastMs = startMs;
    let yieldedMs = startMs;
    let sinceYield = 0;
    for (let record = turns.take(shareMs); record !== undefined; record = turns.take(shareMs)) {
      if (isOutOfTime() || lastMs - startMs >= totalMs) {
        this.handBack(record);
        break;
      }
      const messages = await read(record);
      for (const [index, message] of messages.entries()) {
        const { source, events } = message;
        let isOver = false;
        for (const [place, event] of events.entries()) {
          this.planEvent(event, message, record.recordId, sender);
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
            isOver = turns.spentMs >= shareMs || nowMs - startMs >= totalMs || isOutOfTime();
            if (isOver) {
              const left = { ...message, events: events.slice(place + 1) };
              for (const each of [left, ...messages.slice(index + 1)]) {
                if (each.events.length > 0) this.handBack(record, bodyOf(each, each.events));
              }
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
        if (isOver) break;
      }
    }
    for (const record of turns.rest()) this.handBack(record);
    this.planningMs -= lastMs - startMs;
  }

  private async read(record: QueueRecord): Promise<readonly QueuedMessage[]> {
    const read = await readRecord(record, this.rules, this.effects.readBody);
    if ('message' in read) return [read.message];
    if ('letter' in read) return this.undecodable(record, read.letter);
    const { destination } = read.held.held;
    // Its events have to be told that it is gone.
    if (!this.effects.destinations.has(destination)) return this.unpack(record, read.held);
    const own = this.held.get(destination);
    if (own === undefined) this.held.set(destination, [{ record, message: read.held }]);
    else own.push({ record, message: read.held });
    return [];
  }

  private unpack(record: QueueRecord, message: HeldMessage | undefined): readonly QueuedMessage[] {
    return (message && messagesIn(message)?.map(queued)) ?? this.undecodable(record, undefined);
  }

  /** @param body of the dead letter, if it is one already */
  private undecodable({ recordId, body }: QueueRecord, letter: string | undefined): readonly [] {
    this.report.undecodableMessage();
    this.receipts?.undecodable(this.startedAt);
    const text = letter ?? messageText(deadLetterOfRecord(body, this.startedAt));
    // SQS moves it to the dead letter queue as it is, once it has come too often.
    if (Buffer.byteLength(text) > largestMessageBytes) this.unkeepable.push(recordId);
    else this.letters.push({ recordIds: [recordId], body: text });
    return [];
  }

  /** @param body another one than the record's, where only a part of it is left */
  private handBack(record: QueueRecord, body: string = record.body): void {
    this.report.messageHandedBack();
    const source = sourceOf(record);
    const { recordId, groupId = source === undefined ? undefined : this.messageGroups.of(source) } = record;
    this.handedBack.push({ body, groupId, delaySeconds: this.handBackDelay(), recordIds: [recordId] });
  }

  private handBackDelay(): number {
    const { random, maxRetryDelaySeconds = handBackSeconds } = this.effects;
    return 1 + Math.floor(random() * Math.min(handBackSeconds, maxRetryDelaySeconds));
  }

  private planEvent(
    event: QueuedEvent,
    { source, retry, origin }: QueuedMessage,
    recordId: string,
    sender: BatchSender,
  ): void {
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
        this.collect(verdict, { source, recordId, event, destination, retry }, sender);
      }
    }
  }

  private collect(verdict: Verdict, origin: Origin, sender: BatchSender): void {
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
    if (waitSeconds <= 0) sender.add(owed, json);
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
