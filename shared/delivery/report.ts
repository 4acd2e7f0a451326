import type { Destination } from '../queue/destination.ts';
import type { HeldFacts } from '../queue/held-message.ts';
import { longestDelaySeconds, longestHoldSeconds } from './backoff.ts';
import type { Failure, Outcome, OwedEvent } from './outcome.ts';
import type { OutcomeGroups } from './outcome-groups.ts';
import type { Verdict } from './plan.ts';
import { type RequestFacts, RequestLog } from './request-log.ts';
import type { SendTally } from './send-batch.ts';

/** A destination that waits for a person. */
export interface Hold {
  readonly destination: string;
  /** Events that wait for it in this invocation. */
  readonly waiting: number;
  readonly sinceSeconds: number;
  /** Once it is mended, everything that waits is back within this time. */
  readonly drainSeconds: number;
}

/** A destination that was held and takes events again. */
export interface Mended {
  readonly destination: string;
  /** Events delivered that had waited for it. */
  readonly delivered: number;
  readonly heldSeconds: number;
  /** Until the last of those that still wait is back. */
  readonly drainSeconds: number;
}

/** Events of a source that their destinations refused, against all that were sent. */
export interface RefusedShare {
  readonly source: string;
  readonly sent: number;
  readonly refused: number;
}

/** An event that took long to be mapped. Its message id is shown as logs may show it. */
export interface SlowEvent {
  readonly source: string;
  readonly messageId: string;
  readonly planMs: number;
}

/** Everything that one invocation did. Counts are of event × destination × matching mapping. */
export interface DeliveryReport {
  readonly events: number;
  /** Events without an outcome. Anything but 0 is a bug. */
  readonly balanceGap: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly dead: number;
  readonly waiting: number;
  /** Messages that could not be read at all; each became one dead letter. */
  readonly undecodable: number;
  /** Messages whose events were not looked at for lack of time, and went back as they came. */
  readonly handedBack: number;
  /** Why, per status: `{"skipped": {"no_mapping_matches": 3}}`. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly requests: number;
  /** Of these, how many were answered with a rate limit. */
  readonly requestsThrottled: number;
  /** Events per accepted request; 0 when there was none. At most 1,000: the fuller, the cheaper. */
  readonly batchFill: number;
  /** How dear the delivered events were in requests: 1 is the best there is for full batches. */
  readonly requestsPerThousandEvents: number;
  /** From our receiving an event to its destination's accepting it. */
  readonly latencyMs: { readonly mean: number; readonly max: number };
  /** How late the latest of the waiting events is: seconds since it could have been delivered first. */
  readonly waitingSeconds: number;
  /** Destinations that wait for a person: a token, a permission or a setting is wrong. */
  readonly held: readonly string[];
  readonly holds: readonly Hold[];
  readonly mended: readonly Mended[];
  /** Of the held destinations, the ones whose token was refused. */
  readonly tokensRefused: readonly string[];
  /** Events in accepted requests that the destination did not count as received. */
  readonly receivedMissing: number;
  /** Sources with refused events. */
  readonly refusedBySource: readonly RefusedShare[];
  /** How many events took long to be mapped, and the slowest of them. */
  readonly slow: number;
  readonly slowest: readonly SlowEvent[];
  readonly answers: RequestFacts;
  readonly durationMs: number;
}

const mostSlowEvents = 10;

/** Adds up one invocation. */
export class ReportBuilder {
  private readonly log = new RequestLog();
  readonly tally: SendTally = {
    requests: 0,
    accepted: 0,
    throttled: 0,
    received: 0,
    sent: 0,
    note: (note, accepted) => this.log.add(note, accepted),
  };
  private readonly counts = { delivered: 0, skipped: 0, dead: 0, waiting: 0 };
  private readonly reasons: Record<string, Record<string, number>> = {};
  private readonly holds = new Map<string, { waiting: number; since: number }>();
  private readonly mended = new Map<string, { delivered: number; since: number }>();
  private readonly sources = new Map<string, { sent: number; refused: number }>();
  private readonly tokensRefused = new Set<string>();
  private readonly slowest: SlowEvent[] = [];
  private readonly groups: OutcomeGroups | undefined;
  private readonly limitSeconds: number;
  private owed = 0;
  private undecodable = 0;
  private handedBack = 0;
  private slow = 0;
  private latencySumMs = 0;
  private latencyMaxMs = 0;
  private waitingMs = 0;

  /**
   * @param groups also gets the message ids
   * @param limitSeconds no event waits longer for its next try
   */
  constructor(groups?: OutcomeGroups, limitSeconds: number = longestDelaySeconds) {
    this.groups = groups;
    this.limitSeconds = limitSeconds;
  }

  /** @param destination undefined when the source has none any more */
  verdict(verdict: Verdict, destination: string | undefined, messageId: string): void {
    this.owed++;
    if (verdict.status === 'ready') return;
    const { status: outcome, mapping } = verdict;
    const reason = verdict.status === 'skipped' ? verdict.reason : verdict.problems[0].code;
    this.count(outcome, reason);
    this.groups?.add({ outcome, ...(destination && { destination }), ...(mapping && { mapping }), reason }, messageId);
  }

  outcome(outcome: Outcome, now: Date): void {
    const { owed } = outcome;
    const { destination, mapping, event } = owed;
    const alike = { outcome: outcome.status, destination: destination.name, mapping };
    const source = this.sourceOf(owed);
    if (outcome.status === 'delivered') {
      source.sent++;
      this.counts.delivered++;
      this.groups?.add(alike, event.members.messageId);
      const latencyMs = now.getTime() - Date.parse(event.members.receivedAt);
      this.latencySumMs += latencyMs;
      this.latencyMaxMs = Math.max(this.latencyMaxMs, latencyMs);
      if (owed.retry?.heldSince !== undefined) this.wasHeld(owed, owed.retry.heldSince);
      return;
    }
    const { failure } = outcome;
    if (outcome.status === 'dead' || failure.alone) {
      source.sent++;
      source.refused++;
    }
    this.count(outcome.status, failure.label);
    // An event that waits is named once: for days of waiting the log would cost more than anything else.
    const isNamed = outcome.status === 'dead' || owed.retry === undefined;
    this.groups?.add({ ...alike, reason: failure.label }, isNamed ? event.members.messageId : undefined);
    if (outcome.status === 'waiting') this.waits(event.members.receivedAt, destination, now);
    if (failure.action === 'hold') this.held(owed, now);
    if (failure.aboutCredential) this.tokensRefused.add(destination.name);
  }

  /** Events that were put back unread, for a destination that is held still. */
  unread({ since, oldestAt, outcomes }: HeldFacts, destination: Destination, failure: Failure, now: Date): void {
    const { name } = destination;
    this.owed += outcomes;
    this.count('waiting', failure.label, outcomes);
    this.groups?.add({ outcome: 'waiting', destination: name, reason: failure.label }, undefined, outcomes);
    this.waits(oldestAt, destination, now);
    if (failure.action === 'hold') this.addHold(name, outcomes, Date.parse(since));
    if (failure.aboutCredential) this.tokensRefused.add(name);
  }

  undecodableMessage(): void {
    this.undecodable++;
  }

  messageHandedBack(): void {
    this.handedBack++;
  }

  slowEvent(event: SlowEvent): void {
    this.slow++;
    this.slowest.push(event);
    this.slowest.sort((one, other) => other.planMs - one.planMs);
    if (this.slowest.length > mostSlowEvents) this.slowest.pop();
  }

  /** @param now the end of the invocation */
  build(durationMs: number, now: Date): DeliveryReport {
    const { delivered, skipped, dead, waiting } = this.counts;
    const secondsSince = (at: number): number => Math.max(0, Math.round((now.getTime() - at) / 1_000));
    const drainSeconds = (since: number): number =>
      Math.ceil(Math.min(this.limitSeconds, longestHoldSeconds(secondsSince(since))));
    return {
      events: delivered + skipped + dead + waiting,
      balanceGap: this.owed - (delivered + skipped + dead + waiting),
      ...this.counts,
      undecodable: this.undecodable,
      handedBack: this.handedBack,
      reasons: this.reasons,
      requests: this.tally.requests,
      requestsThrottled: this.tally.throttled,
      batchFill: this.tally.accepted === 0 ? 0 : Math.round(this.tally.sent / this.tally.accepted),
      requestsPerThousandEvents: delivered === 0 ? 0 : Math.round((this.tally.requests / delivered) * 1_000),
      latencyMs: { mean: delivered === 0 ? 0 : Math.round(this.latencySumMs / delivered), max: this.latencyMaxMs },
      waitingSeconds: Math.round(this.waitingMs / 1_000),
      held: [...this.holds.keys()],
      holds: [...this.holds].map(([destination, { waiting: events, since }]) => ({
        destination,
        waiting: events,
        sinceSeconds: secondsSince(since),
        drainSeconds: drainSeconds(since),
      })),
      mended: [...this.mended].map(([destination, { delivered: events, since }]) => ({
        destination,
        delivered: events,
        heldSeconds: secondsSince(since),
        drainSeconds: drainSeconds(since),
      })),
      tokensRefused: [...this.tokensRefused],
      receivedMissing: this.tally.sent - this.tally.received,
      refusedBySource: [...this.sources].flatMap(([source, { sent, refused }]) =>
        refused === 0 ? [] : [{ source, sent, refused }],
      ),
      slow: this.slow,
      slowest: this.slowest,
      answers: this.log.facts(),
      durationMs,
    };
  }

  private lastSource: { name: string; counts: { sent: number; refused: number } } | undefined;

  private sourceOf({ source }: OwedEvent): { sent: number; refused: number } {
    // Events of a source come one after the other.
    if (this.lastSource?.name === source) return this.lastSource.counts;
    let counts = this.sources.get(source);
    if (counts === undefined) {
      counts = { sent: 0, refused: 0 };
      this.sources.set(source, counts);
    }
    this.lastSource = { name: source, counts };
    return counts;
  }

  private held({ destination, retry }: OwedEvent, now: Date): void {
    this.addHold(destination.name, 1, retry?.heldSince === undefined ? now.getTime() : Date.parse(retry.heldSince));
  }

  private addHold(destination: string, events: number, since: number): void {
    const hold = this.holds.get(destination);
    if (hold === undefined) this.holds.set(destination, { waiting: events, since });
    else {
      hold.waiting += events;
      hold.since = Math.min(hold.since, since);
    }
  }

  private wasHeld({ destination }: { readonly destination: Destination }, heldSince: string): void {
    const since = Date.parse(heldSince);
    const known = this.mended.get(destination.name);
    if (known === undefined) this.mended.set(destination.name, { delivered: 1, since });
    else {
      known.delivered++;
      known.since = Math.min(known.since, since);
    }
  }

  /** Each try is a new message on the queue, whose age says nothing of the event's. */
  private waits(receivedAt: string, { deliverAfterSeconds }: Destination, now: Date): void {
    const dueAt = Date.parse(receivedAt) + deliverAfterSeconds * 1_000;
    this.waitingMs = Math.max(this.waitingMs, now.getTime() - dueAt);
  }

  private count(status: 'skipped' | 'dead' | 'waiting', reason: string, events = 1): void {
    this.counts[status] += events;
    this.reasons[status] ??= {};
    const reasons = this.reasons[status];
    reasons[reason] = (reasons[reason] ?? 0) + events;
  }
}
