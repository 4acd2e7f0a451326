/**
 * Limits of one request, in bytes and counts. Segment documents 500 KB a request and 32 KB an event, but stock clients
 * fill those with events and count no envelope, and RudderStack's send events of 64 KB in bodies of up to 4 MB.
 *
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
export const segmentLimits = {
  /** Body of a request, plain and after inflating. */
  bodyBytes: 4 * 1024 * 1024,
  /** One event as JSON, with the batch's own context and integrations merged in. */
  eventBytes: 64 * 1024,
  eventsPerBatch: 2_500,
  /** All events of a request after merging: a large batch-level context must not be multiplied without bound. */
  mergedBytes: 8 * 1024 * 1024,
  /** Levels of nesting in an event; deeper ones overflow the stack of whoever writes them as JSON. */
  eventDepth: 100,
  /** Rejected events, and warnings, of one request that are told and kept in full; the others are counted. */
  listedInFull: 20,
} as const;
