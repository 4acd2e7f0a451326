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

/**
 * Groups events by what a request has only once (dataset, token, test code, upload tag: all but the code are the
 * destination's) and cuts the groups at Meta's number of events and at a number of bytes. Keeps the order.
 */
export function toBatches(owed: readonly OwedEvent[]): Batch[] {
  const open = new Map<string, { batch: Batch & { events: OwedEvent[] }; bytes: number }>();
  const batches: Batch[] = [];
  for (const event of owed) {
    const key = JSON.stringify([event.destination.name, event.testEventCode]);
    const bytes = Buffer.byteLength(event.json) + 1;
    let group = open.get(key);
    const full =
      group !== undefined &&
      (group.batch.events.length === metaLimits.eventsPerRequest || group.bytes + bytes > metaLimits.requestBytes);
    if (group === undefined || full) {
      group = { batch: { destination: event.destination, testEventCode: event.testEventCode, events: [] }, bytes: 0 };
      open.set(key, group);
      batches.push(group.batch);
    }
    group.batch.events.push(event);
    group.bytes += bytes;
  }
  return batches;
}
