import { metaLimits } from '../meta/limits.ts';
import type { SegmentEvent } from '../segment/event.ts';
import type { Destination } from './destination.ts';

/** A server event that is owed to a destination, with all that is needed to put it back or to give it up. */
export interface OwedEvent {
  readonly json: string;
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
}

interface OpenBatch {
  readonly batch: Batch & { readonly events: OwedEvent[] };
  bytes: number;
}

/**
 * Gathers events by what a request has only once (dataset, token, test code, upload tag: all but the code are the
 * destination's) and cuts the groups at Meta's number of events and at a number of bytes. Keeps the order of a group.
 */
export class Batcher {
  private readonly open = new Map<string, OpenBatch>();

  /** @returns the batch that nothing more goes into, to be sent now */
  add(event: OwedEvent): Batch | undefined {
    const { destination, testEventCode } = event;
    const key = testEventCode === undefined ? destination.name : `${destination.name}\n${testEventCode}`;
    const bytes = Buffer.byteLength(event.json) + 1;
    const current = this.open.get(key);
    if (current !== undefined && current.bytes + bytes <= metaLimits.requestBytes) {
      current.batch.events.push(event);
      current.bytes += bytes;
      if (current.batch.events.length < metaLimits.eventsPerRequest) return undefined;
      this.open.delete(key);
      return current.batch;
    }
    this.open.set(key, { batch: { destination, testEventCode, events: [event] }, bytes });
    return current?.batch;
  }

  /** What is left when there are no more events. */
  rest(): Batch[] {
    return [...this.open.values()].map(({ batch }) => batch);
  }
}
