import type { DeadLetter, RejectedEvents } from '../../shared/queue/dead-letter.ts';
import type { EventMessage } from '../../shared/queue/message.ts';
import type { JsonObject, SegmentEvent } from '../../shared/segment/event.ts';
import { now, track } from './factories.ts';

const hour = 3_600_000;

/** ISO 8601 time so many hours before the tests' clock. */
export const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * hour).toISOString();

/** A queued order, an hour old. */
export const order = (messageId: string, overrides: JsonObject = {}): SegmentEvent =>
  track(
    'Order Completed',
    { order_id: 'O-1', revenue: 10, currency: 'EUR', email: 'jane@example.com' },
    {
      messageId,
      timestamp: hoursAgo(1),
      receivedAt: hoursAgo(1),
      context: { traits: { email: 'jane@example.com' } },
      ...overrides,
    },
  ) as SegmentEvent;

/** A letter of the deliver function, an hour old. */
export const refused = (messageId: string, overrides: Partial<DeadLetter> = {}): DeadLetter => ({
  version: 1,
  stage: 'deliver',
  code: 'meta_rejected',
  reason: 'The event has too little customer information.',
  fix: 'Mend the mapping, then redrive.',
  source: 'shop',
  destination: 'main',
  mapping: 'Purchase',
  attempts: 1,
  firstFailedAt: hoursAgo(1),
  lastFailedAt: hoursAgo(1),
  graph: { code: 100, subcode: 2804050, status: 400, traceId: 'trace' },
  event: order(messageId),
  ...overrides,
});

/** A letter of the ingest function, an hour old, with whatever was sent. */
export const rejected = (event: unknown, overrides: Partial<DeadLetter> = {}): DeadLetter => ({
  version: 1,
  stage: 'ingest',
  code: 'identity_missing',
  reason: 'The event has neither a userId nor an anonymousId.',
  fix: 'Set userId for a known person, else anonymousId.',
  source: 'shop',
  attempts: 0,
  firstFailedAt: hoursAgo(1),
  lastFailedAt: hoursAgo(1),
  event,
  ...overrides,
});

/** A message with events of one request that were refused alike, an hour old. */
export const refusedTogether = (events: unknown[]): RejectedEvents => ({
  version: 2,
  stage: 'ingest',
  code: 'identity_missing',
  reason: 'The event has neither a userId nor an anonymousId.',
  fix: 'Set userId for a known person, else anonymousId.',
  source: 'shop',
  failedAt: hoursAgo(1),
  notKept: 0,
  events,
});

/** Dead letter as SQS moves it by itself. */
export const moved = (messageIds: readonly string[], retry?: EventMessage['retry']): EventMessage => ({
  version: 1,
  source: 'shop',
  events: messageIds.map((id) => order(id)),
  ...(retry && { retry }),
});
