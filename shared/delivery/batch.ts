import type { Destination, RequestBody } from '../queue/destination.ts';
import type { DestinationHealth } from './destination-health.ts';
import type { OwedEvent } from './outcome.ts';

/** Events that can share a request. */
export interface Batch {
  readonly destination: Destination;
  readonly partition: string | undefined;
  readonly events: readonly OwedEvent[];
  /** Has the JSON of each event, at its place. */
  readonly body: RequestBody;
  /** Most events that may share a request; less than usual for events that failed together. */
  readonly limit: number;
}

/** More than destinations have usually: the others are kept apart by partitions, say, which senders choose. */
const fewBatches = 8;

interface OpenBatch extends Batch {
  readonly events: OwedEvent[];
}

/**
 * Groups events by destination and partition, since a request has one of each, and cuts the groups at the
 * destination's limits. Events that failed together, and those of sources that misbehave, have batches of their own. Keeps
 * the order of a group.
 */
export class Batcher {
  private readonly open = new Map<string, OpenBatch>();
  private readonly health: DestinationHealth;
  private readonly nowMs: number;

  constructor(health: DestinationHealth, now: Date) {
    this.health = health;
    this.nowMs = now.getTime();
  }

  /**
   * @param json the event as it goes over the wire
   * @returns the batch that nothing more goes into, to be sent now
   */
  add(event: OwedEvent, json: string): Batch | undefined {
    const { destination, partition } = event;
    const key = this.keyOf(event);
    const current = this.open.get(key);
    if (current !== undefined && current.events.length < current.limit && current.body.hasRoomFor(json)) {
      current.events.push(event);
      current.body.add(json);
      if (current.events.length < current.limit) return undefined;
      this.open.delete(key);
      return current;
    }
    const limit = this.limitOf(event);
    const isOneOfMany = this.open.size >= fewBatches || limit < destination.limits.eventsPerRequest;
    const body = destination.requestBuilder.open(isOneOfMany);
    body.add(json);
    const batch = { destination, partition, events: [event], body, limit };
    if (limit === 1) return batch;
    this.open.set(key, batch);
    return current;
  }

  /** Batches that are not full, once there are no more events. */
  rest(): Batch[] {
    const rest = [...this.open.values()];
    this.open.clear();
    return rest;
  }

  private limitOf({ destination, retry }: OwedEvent): number {
    const { eventsPerRequest } = destination.limits;
    return Math.min(
      eventsPerRequest,
      retry?.largestRequest ?? eventsPerRequest,
      this.health.sizes.of(destination.name) ?? eventsPerRequest,
    );
  }

  private keyOf({ destination, partition, source, retry }: OwedEvent): string {
    let key = partition === undefined ? destination.name : `${destination.name}\n${partition}`;
    if (retry?.largestRequest !== undefined) key += `\nat most ${retry.largestRequest}`;
    if (this.health.conduct.isApart(destination.name, source, this.nowMs)) key += `\nof ${source}`;
    return key;
  }
}
