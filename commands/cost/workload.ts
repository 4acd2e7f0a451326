/** Events of a month, and the cost of one. Bytes are uncompressed; milliseconds of work are of one whole vCPU. */
export interface Workload {
  readonly eventsPerMonth: number;
  /** Events that a client library sends at once. */
  readonly eventsPerRequest: number;
  /** Of an event's JSON, in the request and on the queue. */
  readonly eventBytes: number;
  /** Of the server event that Meta gets for it. */
  readonly serverEventBytes: number;
  /** Destinations that get each event. */
  readonly destinations: number;
  readonly ingestEventMs: number;
  readonly ingestRequestMs: number;
  readonly deliverEventMs: number;
  readonly deliverInvocationMs: number;
  /** Waiting for SQS to confirm, which costs as much as working. */
  readonly sqsCallMs: number;
  /** Waiting for Meta to answer. */
  readonly graphCallMs: number;
  /** Of all events, those that are put back once and sent again, 0 to 1. */
  readonly retriedShare: number;
  /** Of all events, those that ingest refuses and keeps as dead letters, 0 to 1. */
  readonly rejectedShare: number;
}

/**
 * Sizes and times of the order with three products and eleven match keys that `npm run bench` uses, measured on one
 * core of a current x86 server and rounded up: 0.03 to 0.04 ms of CPU an event in ingest, 0.08 in deliver, 976 bytes
 * sent, 1,061 queued, 1,559 to Meta. An event counts as 2,000 bytes, since few are so short. The waits and shares are estimates.
 */
export const defaultWorkload: Omit<Workload, 'eventsPerMonth'> = {
  eventsPerRequest: 20,
  eventBytes: 2_000,
  serverEventBytes: 1_600,
  destinations: 1,
  ingestEventMs: 0.05,
  ingestRequestMs: 3,
  deliverEventMs: 0.1,
  deliverInvocationMs: 5,
  sqsCallMs: 10,
  graphCallMs: 500,
  retriedShare: 0.01,
  rejectedShare: 0.001,
};
