import type { MemberTree } from '../lib/json/reader/member-tree.ts';
import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';
import { messageText } from '../lib/json/message-text.ts';
import { onceWarm } from '../lib/once-warm.ts';
import type { EventMessage } from './message.ts';
import type { QueuedEvent, QueuedMessage, ReadBody } from './queued-message.ts';
import { readMessage } from './read-message.ts';
import type { SegmentEvent } from '../segment/event.ts';

/** The event with all of its members. */
export const wholeEvent = ({ json }: Pick<QueuedEvent, 'json'>): SegmentEvent => JSON.parse(json) as SegmentEvent;

/** Number of events whose parsing whole takes as much longer as compiling a fast reader does. */
const eventsToWarmUp = 2_000;

/**
 * Makes a reader of message bodies that knows what is wanted of their events. The first events of a process are read in the
 * general way, since loading and compiling the fast one takes some milliseconds, which shorter lives never win back.
 *
 * @param wanted asked once, when the fast reader is compiled
 */
export function createBodyReader(wanted: () => MemberTree, warmUp = eventsToWarmUp): ReadBody {
  const load = async (): Promise<ReadBody> => (await import('./fast-body.ts')).fastBody(wanted());
  // Without WebAssembly, or its vectors, everything is read in the general way.
  const fast = onceWarm(load, warmUp);
  return (body, value) => {
    const message = fast.value?.(body) ?? generalBody(body, value);
    fast.done(message?.events.length ?? 0);
    return message;
  };
}

/** Reads a body whole. */
export const generalBody: ReadBody = (body, value = () => jsonOrNothing(body)) => {
  const message = readMessage(value());
  return message && queued(message);
};

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
