import type { Config } from '../config/config.ts';
import type { Refusal } from '../meta/graph/graph-error.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { SegmentEvent } from '../segment/event.ts';
import type { OwedEvent } from './batch.ts';
import { BatchSender } from './batch-sender.ts';
import { breathe } from '../lib/concurrency.ts';
import { deadLetterOfOutcome, deadLetterOfRecord, deadLetterOfVerdict } from './dead-letters.ts';
import type { Destination } from './destination.ts';
import { EventMessage, largestMessageBytes } from '../queue/message.ts';
import { messageText } from '../lib/json/message-text.ts';
import { type LoggedIds, OutcomeGroups } from './outcome-groups.ts';
import { planEvent, type Verdict } from './plan.ts';
import type { Clock, MessageQueue } from '../queue/ports.ts';
import { type DeliveryReport, ReportBuilder } from './report.ts';
import { retryMessages } from './retry-messages.ts';
import type { Outcome, SendEffects } from './send-batch.ts';

/** A message as the events queue hands it over. */
export interface QueueRecord {
  readonly recordId: string;
  readonly body: string;
}

export interface DeliverEffects extends SendEffects {
  readonly config: Config;
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly events: MessageQueue;
  readonly deadLetters: MessageQueue;
  readonly clock: Clock;
  /** From 0 up to 1, for the jitter of delays. */
  readonly random: () => number;
  /** No event waits longer for its next try; SQS's limit if left out. */
  readonly maxRetryDelaySeconds?: number | undefined;
  readonly sha256: Sha256;
  /** Whose message ids come with the result. */
  readonly loggedIds?: LoggedIds | undefined;
}

export interface DeliverResult {
  /** Records that the queue must hand out again: what they hold could be neither sent nor kept elsewhere. */
  readonly failedRecordIds: readonly string[];
  readonly report: DeliveryReport;
  /** Which events ended how. */
  readonly groups: OutcomeGroups;
}

/** A dead letter and the record that goes away once the letter is kept. */
interface Letter {
  readonly recordId: string;
  readonly body: string;
}

/** Planned in one go, in about three milliseconds; then what the network has for us is looked at. */
const eventsPerBreath = 100;

/**
 * Maps, sends and accounts for the events of some records. Every event ends as delivered, skipped or dead, or waits: put
 * back on the queue by itself, for the destination that still owes it. A batch goes out as soon as it is full, while the
 * next one is being mapped.
 */
export async function deliver(records: readonly QueueRecord[], effects: DeliverEffects): Promise<DeliverResult> {
  const startedAt = effects.clock();
  const groups = new OutcomeGroups(effects.loggedIds ?? 'failures', effects.sha256);
  const report = new ReportBuilder(groups);
  const count = (outcomes: readonly Outcome[], now: Date): void => {
    for (const outcome of outcomes) report.outcome(outcome, now);
  };
  const sender = new BatchSender(effects, report.tally, (outcomes) => count(outcomes, effects.clock()));
  const letters: Letter[] = [];
  const deferred: Outcome[] = [];
  const unkeepable: string[] = [];

  let sinceBreath = 0;
  for (const record of records) {
    const message = decode(record.body);
    if (message === undefined) {
      report.undecodableMessage();
      const body = messageText(deadLetterOfRecord(record.body, startedAt));
      // SQS moves it to the dead letter queue as it is, once it has come too often.
      if (Buffer.byteLength(body) > largestMessageBytes) unkeepable.push(record.recordId);
      else letters.push({ recordId: record.recordId, body });
      continue;
    }
    planMessage(message, record.recordId, startedAt, effects, { report, letters, sender, deferred });
    sinceBreath += message.events.length;
    if (sinceBreath < eventsPerBreath) continue;
    sinceBreath = 0;
    await breathe();
  }

  const undelivered = await sender.finish();
  const now = effects.clock();
  count(deferred, now);
  for (const outcome of undelivered) {
    if (outcome.status === 'waiting') continue;
    letters.push({ recordId: outcome.owed.recordId, body: messageText(deadLetterOfOutcome(outcome, now)) });
  }
  const unkept = new Set([...unkeepable, ...(await keepLetters(letters, effects))]);
  // A record that comes back brings all of its events again.
  const owedAgain = [...deferred, ...undelivered].filter(({ owed: { recordId } }) => !unkept.has(recordId));
  const notPutBack = await putBack(owedAgain, now, effects);
  return {
    failedRecordIds: [...unkept.union(new Set(notPutBack))],
    report: report.build(effects.clock().getTime() - startedAt.getTime()),
    groups,
  };
}

function decode(body: string): EventMessage | undefined {
  try {
    const parsed = EventMessage.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface Collected {
  readonly report: ReportBuilder;
  readonly letters: Letter[];
  readonly sender: BatchSender;
  /** Not to be sent yet. */
  readonly deferred: Outcome[];
}

function planMessage(
  { source, events, retry }: EventMessage,
  recordId: string,
  now: Date,
  { config, destinations }: DeliverEffects,
  collected: Collected,
): void {
  const names = retry ? [retry.destination] : (config.sources[source]?.destinations ?? []);
  for (const event of events) {
    if (names.length === 0) {
      collected.report.verdict({ status: 'skipped', reason: 'source_removed' }, undefined, event.messageId);
    }
    for (const name of names) {
      const destination = destinations.get(name);
      if (destination === undefined) {
        // Each mapping that was still owed gets its outcome.
        for (const _ of retry?.mappings ?? [name])
          collected.report.verdict({ status: 'skipped', reason: 'destination_removed' }, name, event.messageId);
        continue;
      }
      for (const verdict of planEvent(event, destination, now, retry?.mappings)) {
        collect(verdict, { source, recordId, event, destination, retry }, now, collected);
      }
    }
  }
}

interface Origin {
  readonly source: string;
  readonly recordId: string;
  readonly event: SegmentEvent;
  readonly destination: Destination;
  readonly retry: EventMessage['retry'];
}

function collect(verdict: Verdict, origin: Origin, now: Date, { report, letters, sender, deferred }: Collected): void {
  const { source, recordId, event, destination, retry } = origin;
  report.verdict(verdict, destination.name, event.messageId);
  const attempt = retry?.attempt ?? 0;
  if (verdict.status === 'dead') {
    const letter = deadLetterOfVerdict(
      verdict,
      { source, destination: destination.name, event, attempt, firstFailedAt: retry?.firstFailedAt },
      now,
    );
    letters.push({ recordId, body: messageText(letter) });
  }
  if (verdict.status !== 'ready') return;
  const { json, testEventCode, mapping } = verdict;
  const owedEvent: OwedEvent = {
    testEventCode,
    destination,
    mapping,
    source,
    event,
    recordId,
    attempt,
    firstFailedAt: retry?.firstFailedAt,
  };
  const waitSeconds = retry === undefined ? secondsUntilDue(event, destination, now) : 0;
  if (waitSeconds <= 0) sender.add(owedEvent, json);
  else deferred.push({ status: 'waiting', owed: owedEvent, refusal: notDue(waitSeconds) });
}

function secondsUntilDue({ receivedAt }: SegmentEvent, { config }: Destination, now: Date): number {
  const { deliverAfterSeconds } = config;
  return deliverAfterSeconds === 0 ? 0 : deliverAfterSeconds - (now.getTime() - Date.parse(receivedAt)) / 1_000;
}

const notDue = (retryAfterSeconds: number): Refusal => ({
  remedy: 'defer',
  reason: 'The destination delivers later.',
  aboutEvent: false,
  retryAfterSeconds,
});

async function keepLetters(letters: readonly Letter[], { deadLetters }: DeliverEffects): Promise<readonly string[]> {
  if (letters.length === 0) return [];
  try {
    await deadLetters.send(letters.map(({ body }) => ({ body })));
    return [];
  } catch {
    return letters.map(({ recordId }) => recordId);
  }
}

async function putBack(
  outcomes: readonly Outcome[],
  now: Date,
  { events, random, maxRetryDelaySeconds }: DeliverEffects,
): Promise<readonly string[]> {
  const waiting = outcomes.filter((outcome) => outcome.status === 'waiting');
  if (waiting.length === 0) return [];
  try {
    await events.send(retryMessages(waiting, now, random, maxRetryDelaySeconds));
    return [];
  } catch {
    return waiting.map(({ owed }) => owed.recordId);
  }
}
