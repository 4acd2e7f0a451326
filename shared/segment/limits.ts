/** What Segment's HTTP API documents, in bytes and counts. @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ */
export const segmentLimits = {
  /** Body of a request, plain and after inflating. */
  bodyBytes: 500 * 1024,
  /** One event as JSON, with the batch's own context and integrations merged in. */
  eventBytes: 32 * 1024,
  eventsPerBatch: 2_500,
  /** All events of a request after merging: a large batch-level context must not be multiplied without bound. */
  mergedBytes: 8 * 1024 * 1024,
  /** Levels of nesting in an event; deeper ones overflow the stack of whoever writes them as JSON. */
  eventDepth: 100,
} as const;
