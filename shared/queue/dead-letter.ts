import * as z from 'zod';
import { PastFailure } from './message.ts';

/** One event that the pipeline gave up on: what it was, why, and what to do. One SQS message each. */
export const DeadLetter = z.strictObject({
  version: z.literal(1),
  stage: z.enum(['ingest', 'deliver']),
  /** Stable, for filters and alarms, e.g. `identity_missing`, `meta_rejected`. */
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  source: z.string().optional(),
  destination: z.string().optional(),
  /** Name of the mapping; an event may have several. */
  mapping: z.string().optional(),
  /** Times delivery was tried. */
  attempts: z.int().nonnegative(),
  firstFailedAt: z.string(),
  lastFailedAt: z.string(),
  /** From the refusal: Meta's ids for its support, and what it tells people, at most 300 characters each. */
  graph: z
    .strictObject({
      code: z.number().optional(),
      subcode: z.number().optional(),
      status: z.number().optional(),
      traceId: z.string().optional(),
      userTitle: z.string().optional(),
      userMessage: z.string().optional(),
    })
    .optional(),
  /** All failures before, oldest first; the last one is the reason above, if it was a try at all. */
  history: z.array(PastFailure).optional(),
  event: z.unknown(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
