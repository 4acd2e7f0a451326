import type { OwedEvent } from './batch.ts';
import type { OutcomeGroups } from './outcome-groups.ts';
import type { Verdict } from './plan.ts';
import { type Outcome, refusedToken, type SendTally } from './send-batch.ts';

/** What became of everything that one invocation was handed. Counts are of event × destination × matching mapping. */
export interface DeliveryReport {
  readonly events: number;
  /** What was owed and ended as nothing: other than 0 is a bug here. */
  readonly balanceGap: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly dead: number;
  readonly waiting: number;
  /** Messages that could not be read at all; each became one dead letter. */
  readonly undecodable: number;
  /** Why, per status: `{"skipped": {"no_mapping_matches": 3}}`. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly requests: number;
  /** Of these, how many Meta answered with a rate limit. */
  readonly requestsThrottled: number;
  /** Events per request that Meta accepted; 0 when there was none. At most 1,000: the fuller, the cheaper. */
  readonly batchFill: number;
  /** How dear the delivered events were in requests: 1 is the best there is for full batches. */
  readonly requestsPerThousandEvents: number;
  /** From our receiving an event to Meta's accepting it. */
  readonly latencyMs: { readonly mean: number; readonly max: number };
  /** How late the latest of the waiting events is: seconds since it could have been delivered first. */
  readonly waitingSeconds: number;
  /** Destinations that wait for a person: a token, a permission or a setting is wrong. */
  readonly held: readonly string[];
  /** Of these, the ones whose token Meta refused. */
  readonly tokensRefused: readonly string[];
  /** Events in accepted requests that Meta did not count as received. */
  readonly receivedMissing: number;
  readonly durationMs: number;
}

/** Adds up one invocation. */
export class ReportBuilder {
  readonly tally: SendTally = { requests: 0, accepted: 0, throttled: 0, received: 0, sent: 0 };
  private readonly counts = { delivered: 0, skipped: 0, dead: 0, waiting: 0 };
  private readonly reasons: Record<string, Record<string, number>> = {};
  private readonly held = new Set<string>();
  private readonly tokensRefused = new Set<string>();
  private readonly groups: OutcomeGroups | undefined;
  private owed = 0;
  private undecodable = 0;
  private latencySumMs = 0;
  private latencyMaxMs = 0;
  private waitingMs = 0;

  /** @param groups also gets the message ids */
  constructor(groups?: OutcomeGroups) {
    this.groups = groups;
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
    const { destination, mapping, event } = outcome.owed;
    const alike = { outcome: outcome.status, destination: destination.name, mapping };
    if (outcome.status === 'delivered') {
      this.counts.delivered++;
      this.groups?.add(alike, event.messageId);
      const latencyMs = now.getTime() - Date.parse(event.receivedAt);
      this.latencySumMs += latencyMs;
      this.latencyMaxMs = Math.max(this.latencyMaxMs, latencyMs);
      return;
    }
    const reason = reasonOf(outcome);
    this.count(outcome.status, reason);
    this.groups?.add({ ...alike, reason }, event.messageId);
    if (outcome.status === 'waiting') this.waits(outcome.owed, now);
    if (outcome.refusal.remedy === 'hold') this.held.add(destination.name);
    if (outcome.refusal.code === refusedToken) this.tokensRefused.add(destination.name);
  }

  undecodableMessage(): void {
    this.undecodable++;
  }

  build(durationMs: number): DeliveryReport {
    const { delivered, skipped, dead, waiting } = this.counts;
    return {
      events: delivered + skipped + dead + waiting,
      balanceGap: this.owed - (delivered + skipped + dead + waiting),
      ...this.counts,
      undecodable: this.undecodable,
      reasons: this.reasons,
      requests: this.tally.requests,
      requestsThrottled: this.tally.throttled,
      batchFill: this.tally.accepted === 0 ? 0 : Math.round(this.tally.sent / this.tally.accepted),
      requestsPerThousandEvents: delivered === 0 ? 0 : Math.round((this.tally.requests / delivered) * 1_000),
      latencyMs: { mean: delivered === 0 ? 0 : Math.round(this.latencySumMs / delivered), max: this.latencyMaxMs },
      waitingSeconds: Math.round(this.waitingMs / 1_000),
      held: [...this.held],
      tokensRefused: [...this.tokensRefused],
      receivedMissing: this.tally.sent - this.tally.received,
      durationMs,
    };
  }

  /** Each try is a new message on the queue, whose age says nothing of the event's. */
  private waits({ event, destination }: OwedEvent, now: Date): void {
    const dueAt = Date.parse(event.receivedAt) + destination.config.deliverAfterSeconds * 1_000;
    this.waitingMs = Math.max(this.waitingMs, now.getTime() - dueAt);
  }

  private count(status: 'skipped' | 'dead' | 'waiting', reason: string): void {
    this.counts[status]++;
    this.reasons[status] ??= {};
    const reasons = this.reasons[status];
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
}

function reasonOf({ refusal }: Exclude<Outcome, { status: 'delivered' }>): string {
  if (refusal.code === undefined) return refusal.status === undefined ? refusal.remedy : `http_${refusal.status}`;
  return refusal.subcode === undefined ? `graph_${refusal.code}` : `graph_${refusal.code}_${refusal.subcode}`;
}
