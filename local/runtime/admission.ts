import type { UnderWay } from '../emulators/http-api/http-api.ts';

/**
 * Limits of what one machine is sure to finish before anybody's patience ends. API Gateway waits 30 seconds for a
 * function: what is let in and then answered too late is sent again by its sender, and the work doubles.
 */
const limits = {
  /** Of ingest, at some milliseconds each. */
  requests: 1_000,
  /** Of their bodies: a good 32 of the largest batches, 80,000 events. */
  bytes: 16 * 1024 * 1024,
  /** Of all messages on the queues, which this process keeps in its memory. */
  queuedBytes: 768 * 1024 * 1024,
} as const;

/** Whether one more request is let in; otherwise its sender is told to come again. */
export const isWithinReach = ({ requests, bytes }: UnderWay, queuedBytes: number): boolean =>
  requests <= limits.requests && bytes <= limits.bytes && queuedBytes <= limits.queuedBytes;
