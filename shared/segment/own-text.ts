import { JsonSplice } from '../lib/json/json-splice.ts';
import { messageText } from '../lib/json/message-text.ts';
import type { MemberReader, Place, PlaceOfMember } from '../lib/json/reader/member-reader.ts';
import type { Call } from './call.ts';
import { type CheckedEvent, checkEvent, type RequestDefaults } from './check-event.ts';
import { withConnection } from './connection.ts';
import { isEventType, isObject, type JsonObject } from './event.ts';
import { bags, isId, missingFrom, noConcerns } from './incoming-event.ts';
import { segmentLimits } from './limits.ts';
import { parseJson } from './parse-json.ts';
import { type EventTimes, parseTime, settleTimes } from './timestamps.ts';

const placed = ['timestamp', 'originalTimestamp', 'sentAt', 'messageId', 'writeKey', 'context'] as const;
type Placed = (typeof placed)[number];
type Places = Readonly<Record<Placed, Place>>;

/** Makes a function that says where in an event, which begins at `start`, what may be written anew stands. */
export function placesIn(reader: MemberReader): (start: number) => Places {
  const placeOf = Object.fromEntries(placed.map((name) => [name, reader.placeOf([name])])) as Record<
    Placed,
    PlaceOfMember
  >;
  return (start) => ({
    timestamp: placeOf.timestamp(start),
    originalTimestamp: placeOf.originalTimestamp(start),
    sentAt: placeOf.sentAt(start),
    messageId: placeOf.messageId(start),
    writeKey: placeOf.writeKey(start),
    context: placeOf.context(start),
  });
}

/** A call as its own text, of which some members were read. */
export class OwnText implements Call {
  readonly members: JsonObject;
  private readonly json: string;
  readonly places: Places;
  private parsed: unknown;

  constructor(json: string, members: JsonObject, places: Places) {
    this.json = json;
    this.members = members;
    this.places = places;
  }

  /** Asked for once more by whoever keeps what was rejected. */
  get value(): unknown {
    this.parsed ??= parseJson(this.json);
    return this.parsed;
  }

  check(defaults: RequestDefaults): CheckedEvent {
    return this.spliced(defaults) ?? checkEvent(this.value, defaults);
  }

  /** Whether the sender's own text, blanks included, is as short as it must be; what is added here does not count. */
  private isWithinLimit({ context, integrations }: RequestDefaults): boolean {
    const isAlone = context === undefined && integrations === undefined;
    return isAlone && Buffer.byteLength(this.json) <= segmentLimits.eventBytes;
  }

  /** The event's own text with what is settled here spliced in; undefined where more has to be done. */
  private spliced(defaults: RequestDefaults): CheckedEvent | undefined {
    const { members, places } = this;
    const type = members['type'] === undefined ? defaults.type : members['type'];
    const messageId = members['messageId'];
    if (!isEventType(type) || typeof messageId !== 'string' || messageId === '') return undefined;
    if (!hasUsualMembers(members) || missingFrom(members, type) !== undefined) return undefined;
    if (type === 'track' && defaults.allowedEvents?.has(members['event']) === false) return undefined;
    const times = timesOf(members, defaults);
    if (times === undefined) return undefined;

    const splice = new JsonSplice(this.json);
    if (members['type'] === undefined) splice.append('type', JSON.stringify(type));
    if (members['writeKey'] !== undefined) splice.cut(places.writeKey, 'writeKey');
    if (!addContext(splice, this, defaults) || !addIntegrations(splice, members, defaults)) return undefined;
    addTimes(splice, this, times);
    const prefix = defaults.messageIdPrefix ?? '';
    if (prefix !== '') splice.put(places.messageId.start, places.messageId.start, JSON.stringify(prefix).slice(1, -1));
    const json = splice.toString();
    const bytes = Buffer.byteLength(json);
    if (bytes > segmentLimits.eventBytes && !this.isWithinLimit(defaults)) return undefined;
    return new SplicedEvent(json, bytes, `${prefix}${messageId}`);
  }
}

class SplicedEvent {
  readonly json: string;
  readonly bytes: number;
  readonly messageId: string;
  readonly concerns = noConcerns;

  constructor(json: string, bytes: number, messageId: string) {
    this.json = json;
    this.bytes = bytes;
    this.messageId = messageId;
  }

  get event(): JsonObject {
    return JSON.parse(this.json) as JsonObject;
  }
}

const ids = ['userId', 'anonymousId'] as const;

/** True where nothing has to be left out, or read otherwise than it stands there. */
function hasUsualMembers(members: JsonObject): boolean {
  for (const name of ids) {
    const value = members[name];
    if (value !== undefined && value !== null && !isId(value)) return false;
  }
  for (const name of bags) if (members[name] !== undefined && !isObject(members[name])) return false;
  const { writeKey, receivedAt } = members;
  return receivedAt === undefined && (writeKey === undefined || typeof writeKey === 'string');
}

/** Times of an event whose own ones, as far as it gives any, are texts that can be read. */
function timesOf(members: JsonObject, { sentAt, receivedAt }: RequestDefaults): EventTimes | undefined {
  const times: (Date | undefined)[] = [];
  for (const name of ['timestamp', 'originalTimestamp', 'sentAt'] as const) {
    const value = members[name];
    const time = typeof value === 'string' ? parseTime(value) : undefined;
    if (value !== undefined && time === undefined) return undefined;
    times.push(time);
  }
  const [timestamp, originalTimestamp, own] = times;
  return settleTimes({ timestamp, originalTimestamp, sentAt: own ?? parseTime(sentAt) }, receivedAt);
}

function addTimes(splice: JsonSplice, { members, places }: OwnText, times: EventTimes): void {
  for (const name of ['timestamp', 'originalTimestamp', 'sentAt'] as const) {
    const time = times[name];
    if (time === undefined || members[name] === time) continue;
    if (members[name] === undefined) splice.append(name, `"${time}"`);
    else splice.put(places[name].start, places[name].end, time);
  }
  splice.append('receivedAt', `"${times.receivedAt}"`);
}

/** @returns false where the event's context has to be merged with another, or something of it replaced */
function addContext(splice: JsonSplice, { members, places }: OwnText, defaults: RequestDefaults): boolean {
  const own = members['context'] as JsonObject | undefined;
  const { context: shared, connection } = defaults;
  if (own !== undefined && shared !== undefined) return false;
  const given = own ?? shared;
  const all = connection === undefined ? given : withConnection(given, connection);
  if (own === undefined) {
    if (all !== undefined) splice.append('context', messageText(all));
    return true;
  }
  if (all === own) return true;
  let added = '';
  for (const name of ['ip', 'userAgent'] as const) {
    if (all?.[name] === own[name]) continue;
    if (own[name] !== undefined) return false;
    added += `,"${name}":${messageText(all?.[name])}`;
  }
  splice.extend(places.context, added);
  return true;
}

function addIntegrations(splice: JsonSplice, members: JsonObject, { integrations }: RequestDefaults): boolean {
  if (integrations === undefined) return true;
  if (members['integrations'] !== undefined) return false;
  splice.append('integrations', messageText(integrations));
  return true;
}
