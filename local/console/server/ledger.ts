import type { Entry } from './entry.ts';
import { worstOutcome } from './event-line.ts';
import type { Balance, DestinationOutcome, Outcome, QueueDepth } from './wire.ts';

/** How long nothing must be on its way before an event without an outcome counts as missing. */
const settlingMs = 3_000;

/** Adds up what became of every event at every destination of its source. */
export class Ledger {
  readonly #counts: Record<Outcome, number> = { delivered: 0, skipped: 0, dead: 0, waiting: 0 };
  readonly #reasons: Record<Outcome | 'rejected', Map<string, number>> = {
    delivered: new Map(),
    skipped: new Map(),
    dead: new Map(),
    waiting: new Map(),
    rejected: new Map(),
  };
  /** Outcomes that wait, by destination and reason. */
  readonly #waiting = new Map<string, Map<string, number>>();
  #accepted = 0;
  #acceptedByIngest = 0;
  #rejected = 0;
  #owed = 0;
  #quietSince: number | undefined;

  accept(entry: Entry): void {
    this.#accepted++;
    this.#owed += entry.destinations.length;
    for (const destination of entry.destinations) this.#counts[outcomeAt(entry, destination)]++;
  }

  /** The ingest function says that it accepted so many. */
  acceptedByIngest(count: number): void {
    this.#acceptedByIngest += count;
  }

  rejected(reason: string, events = 1): void {
    this.#rejected += events;
    add(this.#reasons.rejected, reason, events);
  }

  /** Gives the entry an outcome, in place of the one that this mapping had at this destination. */
  settle(entry: Entry, next: DestinationOutcome): void {
    const { outcomes } = entry;
    const index = outcomes.findIndex((one) => one.destination === next.destination && one.mapping === next.mapping);
    const before = outcomes[index];
    const isOwed = entry.destinations.includes(next.destination);
    if (isOwed) this.#counts[outcomeAt(entry, next.destination)]--;
    outcomes[index < 0 ? outcomes.length : index] = next;
    if (isOwed) this.#counts[outcomeAt(entry, next.destination)]++;
    if (before?.reason !== undefined) add(this.#reasons[before.outcome], before.reason, -1);
    if (next.reason !== undefined) add(this.#reasons[next.outcome], next.reason, 1);
    if (before?.outcome === 'waiting') this.#addWaiting(before, -1);
    if (next.outcome === 'waiting') this.#addWaiting(next, 1);
  }

  /** Events that wait, counted for each mapping, by destination and reason. */
  get waiting(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#waiting;
  }

  #addWaiting({ destination, reason = '' }: DestinationOutcome, by: number): void {
    const counts = this.#waiting.get(destination) ?? new Map<string, number>();
    this.#waiting.set(destination, counts);
    add(counts, reason, by);
  }

  /** The event is owed to other destinations than it was when it came. */
  reassign(entry: Entry, destinations: readonly string[]): void {
    if (entry.destinations === destinations) return;
    for (const destination of entry.destinations) this.#counts[outcomeAt(entry, destination)]--;
    this.#owed -= entry.destinations.length;
    entry.destinations = [...new Set(destinations)];
    for (const destination of entry.destinations) this.#counts[outcomeAt(entry, destination)]++;
    this.#owed += entry.destinations.length;
  }

  /** Whether a destination still owes the event an outcome. */
  isOpen = (entry: Entry): boolean => {
    for (const destination of entry.destinations) if (outcomeAt(entry, destination) === 'waiting') return true;
    return false;
  };

  /**
   * @param depth of the events queue
   * @param isBusy whether the deliver function is running
   */
  balance(depth: QueueDepth, isBusy: boolean, now: number): Balance {
    const isQuiet = depth.visible + depth.inFlight + depth.delayed === 0 && !isBusy;
    this.#quietSince = isQuiet ? (this.#quietSince ?? now) : undefined;
    const settled = this.#quietSince !== undefined && now - this.#quietSince >= settlingMs;
    const open = this.#counts.waiting > 0 || this.#acceptedByIngest > this.#accepted;
    const missing = settled ? this.#counts.waiting : 0;
    return {
      accepted: this.#accepted,
      acceptedByIngest: this.#acceptedByIngest,
      rejected: this.#rejected,
      owed: this.#owed,
      ...this.#counts,
      missing,
      state: settled && open ? 'gap' : open ? 'settling' : 'balanced',
      reasons: Object.fromEntries(
        Object.entries(this.#reasons).map(([outcome, reasons]) => [outcome, Object.fromEntries(reasons)]),
      ),
    };
  }
}

function outcomeAt({ outcomes }: Entry, destination: string): Outcome {
  const [only, second] = outcomes;
  if (second === undefined) return only?.destination === destination ? only.outcome : 'waiting';
  return worstOutcome(outcomes.filter((one) => one.destination === destination)) ?? 'waiting';
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
