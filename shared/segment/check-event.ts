import { hash } from 'node:crypto';
import { withoutHalfPairs } from '../lib/json/json-text.ts';
import { messageText } from '../lib/json/message-text.ts';
import { type Connection, withConnection } from './connection.ts';
import { type EventType, isObject, type JsonObject } from './event.ts';
import { readIncoming } from './incoming-event.ts';
import type { Concern } from './ingest-warning.ts';
import { segmentLimits } from './limits.ts';
import { isDeeperThan, mergeBags } from './merge-bags.ts';
import { type Fault, faults, type Rejection } from './rejection.ts';
import type { SourceRules } from './source-rules.ts';

/** Defaults from the request for all of its events, and from the source for those that it takes. */
export interface RequestDefaults extends SourceRules {
  readonly source: string;
  /** The type that a single-event path stands for. */
  readonly type?: EventType | undefined;
  readonly sentAt?: unknown;
  readonly context?: JsonObject | undefined;
  readonly integrations?: JsonObject | undefined;
  readonly connection?: Connection | undefined;
  readonly receivedAt: Date;
  readonly randomId: () => string;
}

export type CheckedEvent =
  | {
      readonly json: string;
      readonly bytes: number;
      readonly messageId: string;
      /** As it is in `json`. */
      readonly event: JsonObject;
      readonly concerns: readonly Concern[];
    }
  | { readonly rejection: Omit<Rejection, 'index'> };

/** Checks one incoming call against Segment's spec and settles its id and times: the text to queue, or why not. */
export function checkEvent(raw: unknown, defaults: RequestDefaults): CheckedEvent {
  if (!isObject(raw)) return { rejection: faults.notAnObject };
  const refuse = (fault: Fault): CheckedEvent => {
    const id = raw['messageId'];
    const messageId = typeof id === 'number' ? String(id) : typeof id === 'string' && id !== '' ? id : undefined;
    return { rejection: { ...(messageId !== undefined && { messageId }), ...fault } };
  };
  if (isDeeperThan(raw, segmentLimits.eventDepth)) return refuse(faults.tooDeep);
  const read = readIncoming(raw, defaults);
  if ('code' in read) return refuse(read);
  const { event, times, concerns } = read;
  if (defaults.allowedEvents !== undefined && event['type'] === 'track' && !defaults.allowedEvents.has(event['event']))
    return refuse(faults.eventNotAllowed);

  addRequestBags(event, defaults);
  const own = read.messageId ?? madeId(event, times.originalTimestamp !== undefined, defaults);
  const id = `${defaults.messageIdPrefix ?? ''}${own}`.toWellFormed();
  const sent = event['context'];
  if (defaults.connection !== undefined)
    event['context'] = withConnection(isObject(sent) ? sent : undefined, defaults.connection);
  Object.assign(event, times, { messageId: id });
  const json = withoutHalfPairs(messageText(event));
  const bytes = Buffer.byteLength(json);
  // The sender is held to the limit without what was added here, which is measured only when it could matter.
  if (bytes > segmentLimits.eventBytes && sentBytes(raw, defaults) > segmentLimits.eventBytes)
    return refuse(faults.tooLarge);
  return { json, bytes, messageId: id, event, concerns };
}

const sentBytes = (raw: JsonObject, defaults: RequestDefaults): number =>
  Buffer.byteLength(JSON.stringify(withRequestBags(raw, defaults)));

/** The event with what its batch said about all events, and without the write key. */
export function withRequestBags(raw: JsonObject, defaults: RequestDefaults): JsonObject {
  const event: Record<string, unknown> = { ...raw, writeKey: undefined };
  addRequestBags(event, defaults);
  return event;
}

function addRequestBags(event: Record<string, unknown>, { context, integrations }: RequestDefaults): void {
  if (context !== undefined) event['context'] = mergeBags(context, objectOr(event['context']));
  if (integrations !== undefined) event['integrations'] = mergeBags(integrations, objectOr(event['integrations']));
}

const objectOr = (value: unknown): JsonObject | undefined => (isObject(value) ? value : undefined);

/** The same call sent again after a lost answer must get the same id: everything counts but when, and from where, it was sent. */
function madeId(event: JsonObject, isTimed: boolean, { source, randomId }: RequestDefaults): string {
  if (!isTimed) return randomId();
  const content = { ...event, sentAt: undefined, messageId: undefined };
  return `content-${hash('sha256', `${source}\n${JSON.stringify(content)}`).slice(0, 40)}`;
}
