import { messageText } from '../lib/json/message-text.ts';
import type { DeadLetter, RejectedEvents } from '../queue/dead-letter.ts';
import { largestMessageBytes, packInto, type WrittenEvent } from '../queue/message.ts';
import { type RequestDefaults, withRequestBags } from '../segment/check-event.ts';
import { isObject } from '../segment/event.ts';
import { segmentLimits } from '../segment/limits.ts';
import { isDeeperThan, pruned } from '../segment/merge-bags.ts';
import type { Fault } from '../segment/rejection.ts';
import type { FirstOfMany } from './first-of-many.ts';

/** A refused event, which is an object: anything else is counted and answered, and kept nowhere. */
export interface RefusedEvent extends Fault {
  readonly event: unknown;
}

/**
 * Bodies of the messages that keep a request's refused events: by code, packed like good ones, and of those that are not kept
 * in full their number. An event that was refused alone is a letter of its own, which can be edited and redriven.
 */
export function lettersOfRejected(rejected: FirstOfMany<RefusedEvent>, defaults: RequestDefaults): string[] {
  const byCode = Map.groupBy(rejected.first, ({ code }) => code);
  const kept = [...byCode.values()].flatMap((group) => bodiesOf(group, defaults));
  const counted = [...rejected.more].map(([code, notKept]) =>
    messageText({ ...packed({ ...counts, code }, defaults), notKept } satisfies Partial<RejectedEvents>),
  );
  return [...kept, ...counted];
}

function bodiesOf(group: readonly RefusedEvent[], defaults: RequestDefaults): string[] {
  const [first] = group;
  if (first === undefined) return [];
  if (group.length === 1) return [letterText(first, defaults)];
  const written = group.map((refused) => ({ refused, ...write(asKept(refused.event, defaults)) }));
  const room = largestMessageBytes - 1024;
  const packable = written.filter(({ bytes }) => bytes <= room);
  const tooLarge = written.filter(({ bytes }) => bytes > room);
  return [
    ...packInto(packed(first, defaults), packable).map(({ body }) => body),
    ...tooLarge.map(({ refused }) => letterText(refused, defaults)),
  ];
}

const counts = {
  message: 'The request held so many events of this kind that the others were only counted.',
  fix: 'Look at those of its events that are kept, and mend what sends them.',
};

const packed = (
  { code, message, fix }: Pick<RefusedEvent, 'message' | 'fix'> & { readonly code: string },
  { source, receivedAt }: RequestDefaults,
): Omit<RejectedEvents, 'events' | 'notKept'> => ({
  version: 2,
  stage: 'ingest',
  ...{ code, reason: message, fix, source },
  failedAt: receivedAt.toISOString(),
});

function write(event: unknown): WrittenEvent {
  const json = messageText(event);
  return { json, bytes: Buffer.byteLength(json) };
}

/**
 * A number of four characters may take twenty as JSON, so that a rejected event can outgrow the queue. It was never
 * accepted: what tells which one it was is enough.
 */
function letterText({ code, message, fix, event }: RefusedEvent, defaults: RequestDefaults): string {
  const failedAt = defaults.receivedAt.toISOString();
  const letter: DeadLetter = {
    version: 1,
    stage: 'ingest',
    ...{ code, reason: message, fix },
    source: defaults.source,
    attempts: 0,
    firstFailedAt: failedAt,
    lastFailedAt: failedAt,
    event: asKept(event, defaults),
  };
  const text = messageText(letter);
  if (Buffer.byteLength(text) <= largestMessageBytes) return text;
  const known = ['type', 'messageId', 'userId', 'anonymousId', 'event', 'name'].flatMap((member) => {
    const value = isObject(letter.event) ? letter.event[member] : undefined;
    return typeof value === 'string' ? [[member, value.slice(0, 200)] as const] : [];
  });
  const reason = `${letter.reason} The rest of the event was too large to keep.`;
  return messageText({ ...letter, reason, event: Object.fromEntries(known) });
}

/** The event with all that its request said about it, so that nothing is forgotten when it is sent again. */
function asKept(event: unknown, defaults: RequestDefaults): unknown {
  if (!isObject(event)) return event;
  const { type = defaults.type, sentAt = defaults.sentAt, context, integrations } = event;
  const whole = {
    ...withRequestBags(event, defaults),
    ...(type !== undefined && { type }),
    ...(sentAt !== undefined && { sentAt }),
    // What is wrong with the event may be these very members.
    ...(isWrongBag(context) && { context }),
    ...(isWrongBag(integrations) && { integrations }),
  };
  return isDeeperThan(whole, segmentLimits.eventDepth) ? pruned(whole, segmentLimits.eventDepth) : whole;
}

const isWrongBag = (value: unknown): boolean => value !== undefined && value !== null && !isObject(value);
