import type { SegmentEvent } from '../segment/event.ts';
import type { EventMessage } from './message.ts';

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

/**
 * Gives the message that a body holds, or undefined where it is none: another version, a stranger's, a dead letter.
 *
 * @param value the body, parsed, undefined where it is no JSON: asked for only where it has to be
 */
export type ReadBody = (body: string, value?: () => unknown) => QueuedMessage | undefined;
