import { isEventType, isObject, type JsonObject, type SegmentEvent } from '../segment/event.ts';
import { EventMessage } from './message.ts';

/** The message that parsed JSON holds, or undefined where it is none: another version, a stranger's, a dead letter. */
export const readMessage = (value: unknown): EventMessage | undefined => freshMessage(value) ?? generalMessage(value);

export function generalMessage(value: unknown): EventMessage | undefined {
  const read = EventMessage.safeParse(value);
  return read.success ? read.data : undefined;
}

/**
 * Fast twin of {@link generalMessage} for messages as ingest puts them, which are nearly all: the value itself, undefined for
 * any other. The schema copies each event, which costs more than the JSON of it.
 */
export function freshMessage(value: unknown): EventMessage | undefined {
  if (!isObject(value) || Object.keys(value).length !== 3) return undefined;
  const { version, source, events } = value;
  if (version !== 1 || !isFilled(source) || !Array.isArray(events) || events.length === 0) return undefined;
  return events.every(isEvent) ? { version, source, events } : undefined;
}

export function isEvent(value: unknown): value is SegmentEvent {
  if (!isObject(value)) return false;
  const { type, messageId, timestamp, receivedAt }: JsonObject = value;
  return (
    isEventType(type) &&
    isFilled(messageId) &&
    typeof timestamp === 'string' &&
    typeof receivedAt === 'string' &&
    // The schema leaves out a member of this name.
    !Object.hasOwn(value, '__proto__')
  );
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';
