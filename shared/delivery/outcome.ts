import type { Destination, RetryAction, ServiceError } from '../queue/destination.ts';
import type { RetryState } from '../queue/message.ts';
import type { QueuedEvent } from '../queue/queued-message.ts';
import { letters } from '../reasons/letters.ts';
import { type WaitCode, waits } from '../reasons/waits.ts';

/** One event that a mapping owes to a destination: all that is needed to put it back or to give it up. */
export interface OwedEvent {
  readonly destination: Destination;
  readonly partition: string | undefined;
  readonly mapping: string;
  readonly source: string;
  readonly event: QueuedEvent;
  /** SQS message it came in. */
  readonly recordId: string;
  /** Undefined for an event that comes straight from ingest. */
  readonly retry: RetryState | undefined;
  /** Facts for its receipt that not every event has; undefined where there is no record. */
  readonly sent?: SentFacts | undefined;
}

/** Event id, where it is not the message id, and match keys, where these were looked at. */
export interface SentFacts {
  readonly eventId: string | undefined;
  readonly matchKeys: string | undefined;
}

/** Request that some events were in, as their receipts tell it. */
export interface SentRequest {
  readonly events: number;
  readonly bytes?: number | undefined;
  readonly traceId?: string | undefined;
  /** Words of the destination beside taking them. */
  readonly messages?: readonly string[] | undefined;
  /** Events that the destination says it received. */
  readonly received?: number | undefined;
}

/** Why an owed event was not delivered, and what that asks for. */
export interface Failure extends ServiceError {
  /** `defer`: not refused at all, but told to wait before its first try. */
  readonly action: RetryAction | 'defer';
  /** Nothing was sent, so it counts as no try. */
  readonly unsent?: true;
  /** Next time, at most so many of these events may share a request. */
  readonly largestRequest?: number;
  /** The event failed alone, while the destination took others. */
  readonly alone?: true;
  readonly request?: SentRequest;
}

/** End of one try at one owed event. */
export type Outcome =
  | { readonly status: 'delivered'; readonly owed: OwedEvent; readonly request?: SentRequest }
  | { readonly status: 'dead'; readonly owed: OwedEvent; readonly failure: Failure }
  | { readonly status: 'waiting'; readonly owed: OwedEvent; readonly failure: Failure };

/** Lets all of them wait, for one reason. */
export const wait = (events: readonly OwedEvent[], failure: Failure): Outcome[] =>
  events.map((owed) => ({ status: 'waiting', owed, failure }));

interface Said {
  readonly action: Failure['action'];
  readonly unsent?: true;
  readonly retryAfterSeconds?: number;
}

/** A failure that is delivery's own decision, and no answer of a destination. */
export const ownFailure = (code: WaitCode, said: Said): Failure => ({
  ...said,
  label: code,
  reason: waits[code],
  aboutEvent: false,
  letter: { code, fix: letters.undeliverable.fix },
});
