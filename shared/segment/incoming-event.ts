import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';
import { type EventType, isEventType, isObject, type JsonObject } from './event.ts';
import { type Concern, leftOut, unreadableTime } from './ingest-warning.ts';
import { segmentLimits } from './limits.ts';
import { isDeeperThan } from './merge-bags.ts';
import { type Fault, faults } from './rejection.ts';
import { type EventTimes, parseTime, settleTimes } from './timestamps.ts';

/** A call as any of the libraries sends it, read: only what the pipeline relies on is looked at, the rest stays as it is. */
export interface IncomingEvent {
  /** A copy with its type and without what could not be read and the write key, which are undefined in it. */
  readonly event: Record<string, unknown>;
  readonly messageId: string | undefined;
  readonly times: EventTimes;
  /** Concerns about what was left out or read otherwise. */
  readonly concerns: readonly Concern[];
}

export const noConcerns: readonly Concern[] = [];

/**
 * Reads one call: what it must have, and of what it may have as much as can be read.
 *
 * @param usual the type that the request's path stands for, and the batch's `sentAt`
 * @returns the call, or the first thing that it lacks
 */
export function readIncoming(
  raw: JsonObject,
  usual: { readonly type?: EventType | undefined; readonly sentAt?: unknown; readonly receivedAt: Date },
): IncomingEvent | Fault {
  const type = readType(raw['type'], usual.type);
  if (type === undefined) return faults.typeUnknown;
  const event: Record<string, unknown> = { ...raw, type };
  if ('writeKey' in raw) event['writeKey'] = undefined;
  const concerns: Concern[] = [];
  for (const name of ids) {
    const value = raw[name];
    if (value === undefined || value === null || isId(value)) continue;
    event[name] = undefined;
    concerns.push(leftOut(name, 'text'));
  }
  for (const name of bags) {
    const value = raw[name];
    if (value === undefined || value === null || isObject(value)) continue;
    event[name] = writtenBag(value);
    if (event[name] === undefined && !isEmptyList(value)) concerns.push(leftOut(name, 'object'));
  }
  const missing = missingFrom(event, type);
  if (missing !== undefined) return missing;
  const time = (name: string): Date | undefined => {
    const value = raw[name];
    if (value === undefined || value === null) return undefined;
    const read = parseTime(value);
    if (read === undefined) concerns.push(unreadableTime(name));
    return read;
  };
  const times = settleTimes(
    {
      timestamp: time('timestamp'),
      originalTimestamp: time('originalTimestamp'),
      sentAt: time('sentAt') ?? parseTime(usual.sentAt),
    },
    usual.receivedAt,
  );
  const messageId = idText(event['messageId']);
  return { event, messageId, times, concerns: concerns.length === 0 ? noConcerns : concerns };
}

// Libraries send null for what they do not know, and some callers send numbers as ids: both are fine.
const ids = ['userId', 'anonymousId', 'messageId'] as const;
export const bags = ['properties', 'traits', 'context', 'integrations'] as const;

export const isId = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** An object that was written as JSON text; undefined for any other text, and for one that is nested too deep. */
function writtenBag(value: unknown): JsonObject | undefined {
  const read = typeof value === 'string' && value.trimStart().startsWith('{') ? jsonOrNothing(value) : undefined;
  return isObject(read) && !isDeeperThan(read, segmentLimits.eventDepth - 1) ? read : undefined;
}

/** True for an object without members as PHP writes it: an empty list. */
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : typeof value === 'number';

function readType(value: unknown, usual: EventType | undefined): EventType | undefined {
  if (isEventType(value)) return value;
  if (typeof value !== 'string') return value === undefined || value === null ? usual : undefined;
  const tidy = value.trim().toLowerCase();
  if (tidy === '') return usual;
  return isEventType(tidy) ? tidy : undefined;
}

/** The first thing that an event must have and does not. */
export function missingFrom(event: JsonObject, type: EventType): Fault | undefined {
  if (type === 'track' && !isFilled(event['event'])) return faults.eventNameMissing;
  if (type === 'group' && !isFilled(event['groupId'])) return faults.groupIdMissing;
  if (type === 'alias' && !isFilled(event['previousId'])) return faults.previousIdMissing;
  return isFilled(event['userId']) || isFilled(event['anonymousId']) ? undefined : faults.identityMissing;
}

const idText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
