import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { messageText } from '../lib/json/message-text.ts';
import { SegmentEvent } from '../segment/event.ts';
import { type EventMessage, RetryState, sqsLimits } from './message.ts';

/** Facts about the events of a held message, for those who do not read them. */
const HeldFacts = z.strictObject({
  destination: z.string(),
  /** Since when the destination waits for a person. */
  since: z.string(),
  /** When the first of the events came in. */
  oldestAt: z.string(),
  /** When somebody looked at the events last. */
  readAt: z.string(),
  /** Outcomes that are owed: events × mappings. */
  outcomes: z.int().check(z.positive()),
  /** Of the events as JSON. */
  bytes: z.int().check(z.positive()),
});
export type HeldFacts = z.infer<typeof HeldFacts>;

/**
 * Body of a message whose events wait for a destination that is held. They travel compressed and mostly unread: a million of
 * them come by many times a day.
 */
export const HeldMessage = z.strictObject({
  version: z.literal(1),
  source: z.string().check(z.minLength(1)),
  held: HeldFacts,
  /** Each is a JSON list of {@link HeldPart}, gzip, base64. */
  gzip: z.array(z.string()).check(z.minLength(1)),
});
export type HeldMessage = z.infer<typeof HeldMessage>;

/** Events with the same past. */
const HeldPart = z.strictObject({ retry: RetryState, events: z.array(SegmentEvent).check(z.minLength(1)) });
const HeldParts = z.array(HeldPart).check(z.minLength(1));

/** An event that waits, already written as JSON. */
export interface HeldEvent {
  readonly retry: RetryState;
  /** The same as text: events with the same one share it. */
  readonly retryJson: string;
  readonly json: string;
  readonly bytes: number;
  readonly receivedAt: string;
}

/** A packed message and the events that are in it: those from `from` up to, but not including, `to`. */
export interface PackedHeld {
  readonly message: HeldMessage;
  readonly body: string;
  readonly from: number;
  readonly to: number;
}

const bodyLimitBytes = sqsLimits.billedBytes;
/** Of the events as JSON: one message must not fill the function's memory, nor SQS once it is unpacked. */
const mostBytes = 512 * 1024;
/** How much smaller events become at first guess. What they become decides about the next message. */
const firstRatio = 3;

export const bodyOf = (message: HeldMessage): string => messageText(message);

/** Packs events of one source and destination into as few messages as possible, each within one billing unit of SQS. */
export function packHeld(
  { source, destination }: { readonly source: string; readonly destination: string },
  events: readonly HeldEvent[],
  readAt: Date,
): PackedHeld[] {
  const packed: PackedHeld[] = [];
  let ratio = firstRatio;
  for (let from = 0; from < events.length; ) {
    let to = endOf(events, from, Math.min(mostBytes, bodyLimitBytes * ratio));
    for (;;) {
      const message = write(source, destination, events.slice(from, to), readAt);
      const body = bodyOf(message);
      if (body.length > bodyLimitBytes && to - from > 1) {
        to = from + Math.max(1, Math.floor((to - from) * (bodyLimitBytes / body.length) * 0.95));
        continue;
      }
      packed.push({ message, body, from, to });
      ratio = (message.held.bytes / body.length) * 0.95;
      break;
    }
    from = to;
  }
  return packed;
}

function endOf(events: readonly HeldEvent[], from: number, bytes: number): number {
  const bytesAt = (place: number): number => events[place]?.bytes ?? 0;
  let to = from + 1;
  let left = bytes - bytesAt(from);
  while (to < events.length && left >= bytesAt(to)) left -= bytesAt(to++);
  return to;
}

function write(source: string, destination: string, events: readonly HeldEvent[], readAt: Date): HeldMessage {
  const parts = [...Map.groupBy(events, ({ retryJson }) => retryJson)].map(
    ([retryJson, own]) => `{"retry":${retryJson},"events":[${own.map(({ json }) => json).join(',')}]}`,
  );
  const text = `[${parts.join(',')}]`;
  return {
    version: 1,
    source,
    held: {
      destination,
      since: earliest(events.map(({ retry }) => retry.heldSince ?? retry.firstFailedAt)),
      oldestAt: earliest(events.map(({ receivedAt }) => receivedAt)),
      readAt: readAt.toISOString(),
      outcomes: events.reduce((sum, { retry }) => sum + retry.mappings.length, 0),
      bytes: Buffer.byteLength(text),
    },
    gzip: [gzipSync(text).toString('base64')],
  };
}

/** The messages that a held message stands for; undefined where it was damaged. */
export function messagesIn({ source, gzip }: HeldMessage): readonly EventMessage[] | undefined {
  try {
    return gzip.flatMap((each) => {
      const text = gunzipSync(Buffer.from(each, 'base64'), { maxOutputLength: 8 * mostBytes }).toString('utf8');
      return HeldParts.parse(JSON.parse(text)).map((part) => ({ version: 1 as const, source, ...part }));
    });
  } catch {
    return undefined;
  }
}

/** Puts messages of one source and destination together, unread, as long as they fit. Each comes with what belongs to it. */
export function mergeHeld<Item>(
  messages: readonly { readonly message: HeldMessage; readonly item: Item }[],
): { readonly message: HeldMessage; readonly items: readonly Item[] }[] {
  const merged: { message: HeldMessage; items: Item[]; bodyBytes: number }[] = [];
  for (const { message, item } of messages) {
    const bodyBytes = bodyOf(message).length;
    const last = merged.at(-1);
    const fits =
      last !== undefined &&
      last.bodyBytes + bodyBytes <= bodyLimitBytes &&
      last.message.held.bytes + message.held.bytes <= mostBytes;
    if (fits) {
      last.message = both(last.message, message);
      last.items.push(item);
      last.bodyBytes += bodyBytes;
    } else merged.push({ message, items: [item], bodyBytes });
  }
  return merged;
}

const both = (one: HeldMessage, other: HeldMessage): HeldMessage => ({
  ...one,
  held: {
    destination: one.held.destination,
    since: earliest([one.held.since, other.held.since]),
    oldestAt: earliest([one.held.oldestAt, other.held.oldestAt]),
    readAt: earliest([one.held.readAt, other.held.readAt]),
    outcomes: one.held.outcomes + other.held.outcomes,
    bytes: one.held.bytes + other.held.bytes,
  },
  gzip: [...one.gzip, ...other.gzip],
});

const earliest = (times: readonly string[]): string =>
  times.reduce((one, other) => (Date.parse(other) < Date.parse(one) ? other : one));
