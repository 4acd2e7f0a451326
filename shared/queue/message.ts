import * as z from 'zod/mini';
import { messageText } from '../lib/json/message-text.ts';
import { SegmentEvent } from '../segment/event.ts';

/** One kind of failure in the past of an event, tries in a row counted together. */
export const PastFailure = z.strictObject({
  /** As reports count it: `graph_190`, `http_503`, `timeout`. */
  reason: z.string(),
  tries: z.int().check(z.positive()),
  firstAt: z.string(),
  lastAt: z.string(),
});
export type PastFailure = z.infer<typeof PastFailure>;

/** State of events that are owed to one destination only. */
export const RetryState = z.object({
  destination: z.string(),
  /** Mappings still owed, by name; the others of these events already have their outcome. */
  mappings: z.array(z.string()).check(z.minLength(1)),
  /** Deliveries tried so far. */
  attempt: z.int().check(z.nonnegative()),
  firstFailedAt: z.string(),
  /** Most events that may share their request: they failed together, and one of them may be why. 1 is sent alone. */
  largestRequest: z.optional(z.int().check(z.positive())),
  /** Of the tries, those that failed alone. */
  triesAlone: z.optional(z.int().check(z.positive())),
  /** Since when the destination waits for a person, while it does. */
  heldSince: z.optional(z.string()),
  /** Oldest first, at most twenty. */
  history: z.optional(z.array(PastFailure)),
});
export type RetryState = z.infer<typeof RetryState>;

/** Body of a message on the events queue: events of one source, straight from ingest or put back by deliver. */
export const EventMessage = z.strictObject({
  version: z.literal(1),
  source: z.string().check(z.minLength(1)),
  events: z.array(SegmentEvent).check(z.minLength(1)),
  retry: z.optional(RetryState),
  /** How events came on the queue that did not come from ingest or deliver. */
  origin: z.optional(z.enum(['redrive', 'replay'])),
});
export type EventMessage = z.infer<typeof EventMessage>;

/** Limits of SQS. The stack sets the queues' own limit to `messageBytes`, instead of relying on its default. */
export const sqsLimits = {
  messageBytes: 1024 * 1024,
  entriesPerBatch: 10,
  batchBytes: 1024 * 1024,
  delaySeconds: 900,
  groupIdCharacters: 128,
  /** One request is billed for each of these. */
  billedBytes: 64 * 1024,
} as const;

/** Message attribute of a message that may be what crashes the function. */
export const suspectAttribute = 'suspect';

const bodyLimitBytes = sqsLimits.billedBytes;

/** SQS takes no larger body, and no larger batch. */
export const largestMessageBytes = sqsLimits.messageBytes;

/** Body of a message and the events that are in it: those from `from` up to, but not including, `to`. */
export interface PackedMessage {
  readonly body: string;
  readonly from: number;
  readonly to: number;
}

/** An event, already written as JSON. */
export interface WrittenEvent {
  readonly json: string;
  readonly bytes: number;
}

type Envelope = Omit<EventMessage, 'version' | 'events'>;

/** Message bodies of events, as {@link pack} makes them. */
export const packMessages = (envelope: Envelope, events: readonly WrittenEvent[]): string[] =>
  pack(envelope, events).map(({ body }) => body);

/** Body of one message, however large. */
export const bodyOf = ({ source, retry, origin }: Envelope, events: readonly Pick<WrittenEvent, 'json'>[]): string =>
  `${headOf({ version: 1, source, retry, origin })}${events.map(({ json }) => json).join(',')}]}`;

const headOf = (envelope: Readonly<Record<string, unknown>>): string =>
  `${messageText(envelope).slice(0, -1)},"events":[`;

/**
 * Packs events, already written as JSON, into as few message bodies as possible, in order, each within one 64 KB SQS
 * billing unit (an event that is larger by itself gets a message of its own).
 */
export const pack = (envelope: Envelope, events: readonly WrittenEvent[]): PackedMessage[] =>
  packInto({ version: 1, ...envelope }, events);

/** Packs events likewise into objects with other members beside `events`, of which there must be one. */
export function packInto(
  envelope: Readonly<Record<string, unknown>>,
  events: readonly WrittenEvent[],
): PackedMessage[] {
  const head = headOf(envelope);
  // The closing "]}", less the comma that the first event does without.
  const overhead = Buffer.byteLength(head) + 1;
  const packed: PackedMessage[] = [];
  let open: string[] = [];
  let openBytes = overhead;
  const close = (to: number): void => {
    if (open.length > 0) packed.push({ body: `${head}${open.join(',')}]}`, from: to - open.length, to });
    open = [];
    openBytes = overhead;
  };
  for (const [place, { json, bytes }] of events.entries()) {
    if (open.length > 0 && openBytes + bytes + 1 > bodyLimitBytes) close(place);
    open.push(json);
    openBytes += bytes + 1;
  }
  close(events.length);
  return packed;
}
