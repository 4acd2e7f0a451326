import type { MemberTree } from '../lib/json/reader/member-tree.ts';
import type { ReasonRow } from '../reasons/reason.ts';
import type { SkipReason } from '../reasons/skips.ts';
import type { JsonObject } from '../segment/event.ts';
import type { DeadLetter } from './dead-letter.ts';

/**
 * Port of a destination as delivery sees it, named as Vector names the parts of a sink: limits, plan, request builder, service
 * and retry logic. A vendor's room implements it; delivery knows no vendor.
 */
export interface Destination extends DestinationPlan {
  readonly limits: Limits;
  readonly requestBuilder: RequestBuilder;
  readonly service: Service;
  readonly retryLogic: RetryLogic;
  /** Names of what a written event tells about its person, with blanks between them; for the record. */
  readonly matchKeysOf?: ((json: string) => string) | undefined;
}

/** The part of a destination that decides what an event becomes there; enough for a preview. */
export interface DestinationPlan<P extends Finding = Finding, W extends Finding = Finding> {
  readonly name: string;
  /** How an event's `integrations` object may call the destination. */
  readonly names: readonly string[];
  /** Consent categories that a person must all have agreed to. */
  readonly consentCategories: readonly string[];
  /** How long after it was received an event is sent. */
  readonly deliverAfterSeconds: number;
  readonly mappings: readonly Mapping<P, W>[];
  /** The mappings whose triggers can match an event. */
  readonly candidates: (event: JsonObject) => readonly Mapping<P, W>[];
  /** Members of an event that its mappings and their choice look at: others need not be read. */
  readonly wanted: () => MemberTree;
  /** Rows of its problems, by code. */
  readonly problems: Readonly<Record<P['code'], Pick<ReasonRow, 'fix'>>>;
}

export interface Mapping<P extends Finding = Finding, W extends Finding = Finding> {
  readonly name: string;
  readonly matches: (event: JsonObject) => boolean;
  /** Makes of one event what is sent, or says everything that stands against it. Never throws. */
  readonly build: (event: JsonObject, now: Date) => Built<W> | Unbuildable<P, W> | Unwanted;
}

export interface Built<W extends Finding = Finding> {
  /** The event as it goes over the wire. */
  readonly json: string;
  /** Events of different partitions never share a request; undefined is a partition of its own. */
  readonly partition: string | undefined;
  readonly eventName: unknown;
  /** With the name, what the destination tells events apart by. */
  readonly eventId: string | undefined;
  readonly warnings: readonly W[];
}

export interface Unbuildable<P extends Finding = Finding, W extends Finding = Finding> {
  readonly problems: readonly [P, ...P[]];
  readonly warnings: readonly W[];
}

/** An event that is not to be sent, though nothing is wrong with it. */
export interface Unwanted {
  readonly skipped: SkipReason;
}

/** Something to say of an event. Names fields, never their values. */
export interface Finding {
  readonly code: string;
  readonly message: string;
}

export interface Limits {
  readonly eventsPerRequest: number;
}

export interface RequestBuilder {
  /** @param isOneOfMany most of which will stay small */
  open(isOneOfMany: boolean): RequestBody;
}

/** The events of one request, in the order in which they were added. Parts of it can be sent by themselves. */
export interface RequestBody {
  hasRoomFor(json: string): boolean;
  add(json: string): void;
  /** Lets go of the memory, once nothing of it is sent any more. */
  release(): void;
}

export interface ServiceRequest {
  /** Made by the request builder of the same destination. */
  readonly body: RequestBody;
  /** Places in the body of the events to send. */
  readonly places: readonly number[];
  readonly partition: string | undefined;
}

// Methods, not properties: an implementation may ask for the very body or error that its own parts make.
export interface Service {
  /** Sends one request. Never rejects for what the destination, the network or the credential's store does. */
  send(request: ServiceRequest): Promise<Answer>;
  /**
   * Whether what a person has to mend may be mended since the last refusal, such as another token in its secret. Asked
   * while the destination is held; costs no request to the destination.
   */
  mayBeMended?(): Promise<boolean>;
}

export type Answer =
  | {
      readonly accepted: true;
      readonly requestBytes?: number | undefined;
      /** Events that the destination says it received. */
      readonly received: number;
      /** How full the fullest rate limit is, in per cent. */
      readonly usagePercent?: number | undefined;
      /** The request as the destination's support knows it, and what it said beside taking the events. */
      readonly note?: RequestNote | undefined;
    }
  | { readonly accepted: false; readonly error: ServiceError; readonly requestBytes?: number | undefined };

/** Facts of one answered request for the report. Never holds a value of an event. */
export interface RequestNote {
  readonly traceId?: string | undefined;
  readonly messages?: readonly string[] | undefined;
  /** Version of the destination's interface that the request went to. */
  readonly version?: string | undefined;
  /** The destination warned that this version is near its end. */
  readonly versionWarning?: string | undefined;
}

/** A request that failed. Its texts hold no value of an event, apart from those in `letter`. */
export interface ServiceError {
  readonly reason: string;
  /** Short and stable, for counts: `graph_190`, `http_503`, `timeout`. */
  readonly label: string;
  /** The answer names a fault of an event, so even a request refused to its last event is no wrong setting. */
  readonly aboutEvent: boolean;
  /** The credential was refused or could not be read. */
  readonly aboutCredential?: boolean;
  /** A smaller request may get through: it was too large, or was not worked through in time. */
  readonly isTooLarge?: boolean;
  /** Place of the bad event in the request, where the answer names one. */
  readonly index?: number;
  /** How long the destination asks to wait. */
  readonly retryAfterSeconds?: number;
  readonly note?: RequestNote | undefined;
  /** Members of the dead letter that it may end as. */
  readonly letter: Pick<DeadLetter, 'code' | 'fix' | 'graph'>;
}

/**
 * Action that a failed request asks for.
 *
 * - `reject`: an event in the request is bad and always will be
 * - `retry`: try again later; whose fault it is, is not known
 * - `throttle`: the same, but not soon
 * - `hold`: a person has to change a token, a permission or the configuration; the events wait
 */
export type RetryAction = 'reject' | 'retry' | 'throttle' | 'hold';

export interface RetryLogic {
  actionFor(error: ServiceError): RetryAction;
}
