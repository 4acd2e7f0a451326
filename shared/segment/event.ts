import * as z from 'zod/mini';

export const eventTypes = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

const types: ReadonlySet<unknown> = new Set(eventTypes);
export const isEventType = (value: unknown): value is EventType => types.has(value);

export type JsonObject = { readonly [key: string]: unknown };

/**
 * A Segment call as it is queued: what the sender gave, with `messageId` and the four times settled. Bags may be
 * absent; unknown members are kept, since mappings may read any of them.
 */
export const SegmentEvent = z.looseObject({
  type: z.enum(eventTypes),
  messageId: z.string().check(z.minLength(1)),
  /** ISO 8601: when the call was made, corrected for the sender's clock. */
  timestamp: z.string(),
  /** ISO 8601: when this pipeline accepted it. */
  receivedAt: z.string(),
});
export type SegmentEvent = z.infer<typeof SegmentEvent>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
