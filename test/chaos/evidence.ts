/** Why an event may arrive once more than it should. */
export type Excuse =
  | 'answer lost'
  | 'message handed out again'
  | 'message handed out twice at once'
  | 'message queued twice'
  | 'request sent again';

/** Sightings of the events at one destination, by event id. */
export interface DestinationEvidence {
  /** Times that the Graph API stored it, and when it first did, in epoch milliseconds. */
  readonly arrivals: Map<string, { count: number; readonly firstAt: number }>;
  /** Code of each dead letter. */
  readonly letters: Map<string, string[]>;
  /** Copies found on the events queue at the end. */
  readonly waiting: Set<string>;
  /** Copies that a fault may have made. */
  readonly excuses: Map<string, number>;
}

export const metricNames = ['accepted', 'delivered', 'skipped', 'dead'] as const;
export type MetricCounts = Record<(typeof metricNames)[number], number>;

/** Evidence that the harness saw with its own eyes; all but the skipped events comes from outside of the pipeline. */
export class Evidence {
  readonly destinations: ReadonlyMap<string, DestinationEvidence>;
  /** Events whose message an invocation took care of to the end. */
  readonly handled = new Set<string>();
  /** Dead letters of events that were rejected at the door, by event id. */
  readonly rejections = new Map<string, string>();
  /** Faults that happened, by name. */
  readonly faults = new Map<string, number>();
  /** Events of requests that failed: queued or not, they are sent again. */
  readonly unanswered = new Set<string>();
  /** Dead letters that hold no event that was sent. */
  unreadable = 0;
  /** Skipped events that the deliver function reported. */
  reportedSkips = 0;
  /** Sums of the functions' metrics. */
  readonly metrics: MetricCounts = { accepted: 0, delivered: 0, skipped: 0, dead: 0 };

  constructor(destinations: readonly string[]) {
    this.destinations = new Map(
      destinations.map((name) => [
        name,
        { arrivals: new Map(), letters: new Map(), waiting: new Set(), excuses: new Map() },
      ]),
    );
  }

  count(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }

  arrived(destination: string, ids: readonly string[], at: number): void {
    const { arrivals } = this.at(destination);
    for (const id of ids) {
      const known = arrivals.get(id);
      if (known) known.count += 1;
      else arrivals.set(id, { count: 1, firstAt: at });
    }
  }

  died(destination: string, id: string, code: string): void {
    const { letters } = this.at(destination);
    letters.set(id, [...(letters.get(id) ?? []), code]);
  }

  /** @param destination all of them if left out */
  excuse(why: Excuse, ids: readonly string[], destination?: string): void {
    this.count(why);
    const names = destination === undefined ? [...this.destinations.keys()] : [destination];
    for (const name of names) {
      const { excuses } = this.at(name);
      for (const id of ids) excuses.set(id, (excuses.get(id) ?? 0) + 1);
    }
  }

  reported(skips: number): void {
    this.reportedSkips += skips;
  }

  /** Adds what one invocation's metrics count. */
  measured(counts: Partial<MetricCounts>): void {
    for (const name of metricNames) this.metrics[name] += counts[name] ?? 0;
  }

  notAnswered(ids: readonly string[]): void {
    for (const id of ids) this.unanswered.add(id);
    this.excuse('request sent again', ids);
  }

  at(destination: string): DestinationEvidence {
    const found = this.destinations.get(destination);
    if (found === undefined) throw new Error(`There is no destination ${destination}.`);
    return found;
  }
}
