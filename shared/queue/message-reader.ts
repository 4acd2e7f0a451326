import type { MemberTree } from '../lib/json/reader/member-tree.ts';
import { messageText } from '../lib/json/message-text.ts';
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
  let read = 0;
  let fast: ReadBody | undefined;
  let isLoading = false;
  const load = async (): Promise<void> => {
    const { fastBody } = await import('./fast-body.ts');
    fast = fastBody(wanted());
  };
  return (body) => {
    const message = fast?.(body) ?? generalBody(body);
    if (isLoading) return message;
    read += message?.events.length ?? 0;
    if (read >= warmUp) {
      isLoading = true;
      // Without WebAssembly, or its vectors, everything is read in the general way.
      load().catch(() => {});
    }
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
