import * as z from 'zod/mini';
import { PastFailure } from './message.ts';

/** One event that the pipeline gave up on: what it was, why, and what to do. One SQS message each. */
export const DeadLetter = z.strictObject({
  version: z.literal(1),
  stage: z.enum(['ingest', 'deliver']),
  /** Stable, for filters and alarms, e.g. `identity_missing`, `meta_rejected`. */
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  source: z.optional(z.string()),
  destination: z.optional(z.string()),
  /** Name of the mapping; an event may have several. */
  mapping: z.optional(z.string()),
  /** Times delivery was tried. */
  attempts: z.int().check(z.nonnegative()),
  firstFailedAt: z.string(),
  lastFailedAt: z.string(),
  /** From the refusal: Meta's ids for its support, and what it tells people, at most 300 characters each. */
  graph: z.optional(
    z.strictObject({
      code: z.optional(z.number()),
      subcode: z.optional(z.number()),
      status: z.optional(z.number()),
      traceId: z.optional(z.string()),
      userTitle: z.optional(z.string()),
      userMessage: z.optional(z.string()),
    }),
  ),
  /** All failures before, oldest first; the last one is the reason above, if it was a try at all. */
  history: z.optional(z.array(PastFailure)),
  event: z.unknown(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/**
 * Events of one request that ingest refused for the same reason, several in one SQS message; one by itself is a `DeadLetter`. Of a
 * request with very many, the others are counted in a message without events.
 */
export const RejectedEvents = z.strictObject({
  version: z.literal(2),
  stage: z.literal('ingest'),
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  source: z.string(),
  /** When the request came. */
  failedAt: z.string(),
  /** Events that were refused alike and are not kept. */
  notKept: z._default(z.int().check(z.nonnegative()), 0),
  events: z._default(z.array(z.unknown()), []),
});
export type RejectedEvents = z.infer<typeof RejectedEvents>;

/** Each event of a message as a dead letter of its own. */
export const lettersOfRejected = ({ code, reason, fix, source, failedAt, events }: RejectedEvents): DeadLetter[] =>
  events.map((event) => ({
    version: 1,
    stage: 'ingest',
    ...{ code, reason, fix, source, event },
    attempts: 0,
    firstFailedAt: failedAt,
    lastFailedAt: failedAt,
  }));
