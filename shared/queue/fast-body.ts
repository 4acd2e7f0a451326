import { createMemberReader, type MemberReader } from '../lib/json/reader/member-reader.ts';
import { MemberTree } from '../lib/json/reader/member-tree.ts';
import { isObject } from '../segment/event.ts';
import type { QueuedEvent, QueuedMessage, ReadBody } from './queued-message.ts';
import { isEvent, readMessage } from './read-message.ts';

/** Members that say what an event is, and when it came. */
const ownMembers = ['type', 'event', 'messageId', 'timestamp', 'receivedAt'];

const eventsBegin = ',"events":[';
const eventsEnd = ']}';

/** Fast twin of {@link generalBody} for messages as {@link packMessages} writes them; undefined for any other. @throws where there is no WebAssembly with vectors */
export function fastBody(wanted: MemberTree): ReadBody {
  const tree = new MemberTree().addAll(wanted);
  for (const name of ownMembers) tree.add([name]);
  const reader = createMemberReader(tree);
  return (body) => {
    // Within a text the quotation marks would stand escaped: this is a member's, and the envelope's if what is before it is whole.
    const start = body.indexOf(eventsBegin);
    if (start === -1 || !body.endsWith(eventsEnd)) return undefined;
    try {
      const envelope = envelopeOf(JSON.parse(`${body.slice(0, start)}}`));
      const events = envelope && eventsOf(reader, body.slice(start + eventsBegin.length));
      return events && { ...envelope, events };
    } catch {
      return undefined;
    }
  };
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
