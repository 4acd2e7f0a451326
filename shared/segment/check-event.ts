import { hash } from 'node:crypto';
import { messageText } from '../queue/message.ts';
import { type EventType, isObject, type JsonObject } from './event.ts';
import { faults, findFault } from './incoming-event.ts';
import { segmentLimits } from './limits.ts';
import { isDeeperThan, mergeBags } from './merge-bags.ts';
import type { Fault, Rejection } from './rejection.ts';
import { parseTime, settleTimes } from './timestamps.ts';

/** What the request says about all of its events. */
export interface RequestDefaults {
  readonly source: string;
  /** The type that a single-event path stands for. */
  readonly type?: EventType | undefined;
  readonly sentAt?: unknown;
  readonly context?: JsonObject | undefined;
  readonly integrations?: JsonObject | undefined;
  readonly receivedAt: Date;
  readonly randomId: () => string;
}

export type CheckedEvent =
  | { readonly json: string; readonly bytes: number; readonly messageId: string }
  | { readonly rejection: Omit<Rejection, 'index'> };

/** Checks one incoming call against Segment's spec and settles its id and times: the text to queue, or why not. */
export function checkEvent(raw: unknown, defaults: RequestDefaults): CheckedEvent {
  if (!isObject(raw)) return { rejection: faults.notAnObject };
  const messageId = idText(raw['messageId']);
  const refuse = (fault: Fault): CheckedEvent => ({ rejection: { ...(messageId && { messageId }), ...fault } });

  if (isDeeperThan(raw, segmentLimits.eventDepth)) return refuse(faults.tooDeep);
  const typed = raw['type'] === undefined && defaults.type !== undefined ? { ...raw, type: defaults.type } : raw;
  const fault = findFault(typed);
  if (fault) return refuse(fault);

  const event = withRequestBags(typed, defaults);
  const times = settleTimes(
    {
      timestamp: parseTime(raw['timestamp']),
      originalTimestamp: parseTime(raw['originalTimestamp']),
      sentAt: parseTime(raw['sentAt'] ?? defaults.sentAt),
    },
    defaults.receivedAt,
  );
  const timed = times.originalTimestamp !== undefined;
  const id = messageId ?? (timed ? contentId(defaults.source, event) : defaults.randomId());
  const json = messageText({ ...event, messageId: id, ...times });
  const bytes = Buffer.byteLength(json);
  // The sender is held to the limit without what was added here, which is measured only when it could matter.
  const mayBeTooLarge = bytes > segmentLimits.eventBytes;
  if (mayBeTooLarge && Buffer.byteLength(JSON.stringify(event)) > segmentLimits.eventBytes)
    return refuse(faults.tooLarge);
  return { json, bytes, messageId: id };
}

/** The event with what its batch said about all events, and without the write key. */
export function withRequestBags(raw: JsonObject, defaults: RequestDefaults): JsonObject {
  const { writeKey: _, context, integrations, ...event } = raw;
  const mergedContext = mergeBags(defaults.context, isObject(context) ? context : undefined);
  const wanted = mergeBags(defaults.integrations, isObject(integrations) ? integrations : undefined);
  return { ...event, ...(mergedContext && { context: mergedContext }), ...(wanted && { integrations: wanted }) };
}

const idText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** The same call sent again after a lost answer must get the same id: everything counts but when it was sent. */
function contentId(source: string, event: JsonObject): string {
  const { sentAt: _, messageId: __, ...content } = event;
  return `content-${hash('sha256', `${source}\n${JSON.stringify(content)}`).slice(0, 40)}`;
}
