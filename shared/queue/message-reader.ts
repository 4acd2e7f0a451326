import { createMemberReader, type MemberReader } from '../lib/json/reader/member-reader.ts';
import { MemberTree } from '../lib/json/reader/member-tree.ts';
import { messageText } from '../lib/json/message-text.ts';
import type { EventMessage } from './message.ts';
import { isEvent, readMessage } from './read-message.ts';
import { isObject, type SegmentEvent } from '../segment/event.ts';

/** An event on the queue. */
export interface QueuedEvent {
  /** Those members that somebody wants; others may be missing. */
  readonly members: SegmentEvent;
  /** All of it, as it is queued. */
  readonly json: string;
}

export interface QueuedMessage extends Omit<EventMessage, 'version' | 'events'> {
  readonly events: readonly QueuedEvent[];
}

/** Gives the message that a body holds, or undefined where it is none: another version, a stranger's, a dead letter. */
export type ReadBody = (body: string) => QueuedMessage | undefined;

/** The event with all of its members. */
export const wholeEvent = ({ json }: Pick<QueuedEvent, 'json'>): SegmentEvent => JSON.parse(json) as SegmentEvent;

/** Members that say what an event is, and when it came. */
const ownMembers = ['type', 'event', 'messageId', 'timestamp', 'receivedAt'];

/** What a fast reader is compiled in, as many events take that much longer to parse whole. */
const eventsToWarmUp = 2_000;

/**
 * Makes a reader of message bodies that knows what is wanted of their events. The first events of a process are read in the
 * general way, since compiling the fast one takes some milliseconds, which shorter lives never win back.
 *
 * @param wanted asked once, when the fast reader is compiled
 */
export function createBodyReader(wanted: () => MemberTree, warmUp = eventsToWarmUp): ReadBody {
  let read = 0;
  let fast: ReadBody | undefined;
  return (body) => {
    if (read >= warmUp) {
      fast ??= fastBody(wanted);
      const message = fast(body);
      if (message !== undefined) return message;
    }
    const message = generalBody(body);
    read += message?.events.length ?? 0;
    return message;
  };
}

/** Reads a body whole. */
export function generalBody(body: string): QueuedMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  const message = readMessage(value);
  return message && queued(message);
}

/** A message of events that are whole. */
export const queued = ({ version: _, events, ...envelope }: EventMessage): QueuedMessage => ({
  ...envelope,
  events: events.map(queuedEvent),
});

/** An event of which everything is at hand. */
export const queuedEvent = (members: SegmentEvent): QueuedEvent => new WholeEvent(members);

class WholeEvent implements QueuedEvent {
  readonly members: SegmentEvent;

  constructor(members: SegmentEvent) {
    this.members = members;
  }

  get json(): string {
    return messageText(this.members);
  }
}

const eventsBegin = ',"events":[';
const eventsEnd = ']}';

/** Fast twin of {@link generalBody} for messages as {@link packMessages} writes them; undefined for any other. */
export function fastBody(wanted: () => MemberTree): ReadBody {
  const reader = readerOf(wanted());
  return (body) => {
    // Within a text the quotation marks would stand escaped: this is a member's, and the envelope's if what is before it is whole.
    const start = body.indexOf(eventsBegin);
    if (reader === undefined || start === -1 || !body.endsWith(eventsEnd)) return undefined;
    try {
      const envelope = envelopeOf(JSON.parse(`${body.slice(0, start)}}`));
      const events = envelope && eventsOf(reader, body.slice(start + eventsBegin.length));
      return events && { ...envelope, events };
    } catch {
      return undefined;
    }
  };
}

function readerOf(wanted: MemberTree): MemberReader | undefined {
  const tree = new MemberTree().addAll(wanted);
  for (const name of ownMembers) tree.add([name]);
  try {
    return createMemberReader(tree);
  } catch {
    return undefined;
  }
}

/** Stands for the events, which are read by themselves. */
const anEvent = { type: 'track', messageId: 'any', timestamp: '', receivedAt: '' };

function envelopeOf(value: unknown): Omit<QueuedMessage, 'events'> | undefined {
  if (!isObject(value) || Object.hasOwn(value, 'events')) return undefined;
  const message = readMessage({ ...value, events: [anEvent] });
  if (message === undefined) return undefined;
  const { version: _, events: __, ...envelope } = message;
  return envelope;
}

/** @param text from behind the bracket that opens the list to the end of the body @throws where the reader is unsure */
function eventsOf(reader: MemberReader, text: string): QueuedEvent[] | undefined {
  if (!reader.open(text)) return undefined;
  const events: QueuedEvent[] = [];
  while (true) {
    const start = reader.place;
    const members = reader.read();
    const end = reader.place;
    if (!isEvent(members)) return undefined;
    events.push({ members, json: text.slice(start, end) });
    if (end === text.length - eventsEnd.length) return events;
    if (text[end] !== ',') return undefined;
    reader.step(1);
  }
}
