export interface Counts {
  readonly total: number;
  /** How many letters have each stage, code, source, destination and event name; the most frequent first. */
  readonly by: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Letters that there were to choose from. */
export interface Seen {
  /** Letters that were looked at, one per event. */
  readonly lookedAt: number;
  /** Of all of them, whatever the filter says. */
  readonly counts: Counts;
  /** Messages that the queue held when the look began, as SQS counts them. */
  readonly inQueue: number;
  /** Messages that were looked at. */
  readonly messages: number;
  /** Whether there may be more than was looked at. */
  readonly limitReached: boolean;
}
