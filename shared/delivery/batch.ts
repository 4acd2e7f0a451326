import { metaLimits } from '../meta/limits.ts';
import type { SegmentEvent } from '../segment/event.ts';
import type { Destination } from './destination.ts';
import { EventsBody } from '../meta/graph/events-body.ts';

/** Of a server event that is owed to a destination: all that is needed to put it back or to give it up. */
export interface OwedEvent {
  readonly testEventCode: string | undefined;
  readonly destination: Destination;
  readonly mapping: string;
  readonly source: string;
  readonly event: SegmentEvent;
  /** SQS message it came in. */
  readonly recordId: string;
  /** Deliveries tried before this one. */
  readonly attempt: number;
  readonly firstFailedAt: string | undefined;
}

/** Events that can share a request. */
export interface Batch {
  readonly destination: Destination;
  readonly testEventCode: string | undefined;
  readonly events: readonly OwedEvent[];
  /** Has the JSON of each event, at its place. */
  readonly body: EventsBody;
}

/** More than destinations have usually: the others are kept apart by test event codes, say, which senders choose. */
const fewBatches = 8;

interface OpenBatch extends Batch {
  readonly events: OwedEvent[];
}

/**
 * Gathers events by what a request has only once (dataset, token, test code, upload tag: all but the code are the
 * destination's) and cuts the groups at Meta's number of events and at a number of bytes. Keeps the order of a group.
 */
export class Batcher {
  private readonly open = new Map<string, OpenBatch>();

  /**
   * @param json the server event
   * @returns the batch that nothing more goes into, to be sent now
   */
  add(event: OwedEvent, json: string): Batch | undefined {
    const { destination, testEventCode } = event;
    const key = testEventCode === undefined ? destination.name : `${destination.name}\n${testEventCode}`;
    const current = this.open.get(key);
    if (current?.body.hasRoomFor(json)) {
      current.events.push(event);
      current.body.add(json);
      if (current.events.length < metaLimits.eventsPerRequest) return undefined;
      this.open.delete(key);
      return current;
    }
    const body = new EventsBody(this.open.size >= fewBatches);
    body.add(json);
    this.open.set(key, { destination, testEventCode, events: [event], body });
    return current;
  }

  /** What is left when there are no more events. */
  rest(): Batch[] {
    return [...this.open.values()];
  }
}
