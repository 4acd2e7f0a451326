import localConfig from '../config/local.ts';
import type { Config } from '../shared/config/config.ts';
import { readEventTime } from '../shared/meta/event/event-time.ts';
import { sha256InLanes } from '../shared/lib/sha256/sha256-lanes.ts';
import { compileDestinationsNow } from '../shared/meta/compile-destinations.ts';
import { EventsBody } from '../shared/meta/graph/events-body.ts';
import { planEvent } from '../shared/delivery/plan.ts';
import { wantedMembers } from '../shared/delivery/wanted-members.ts';
import { createMemberReader } from '../shared/lib/json/reader/member-reader.ts';
import type { CompiledDestination } from '../shared/meta/destination.ts';
import type { JsonObject } from '../shared/segment/event.ts';

export interface BenchMapper {
  /**
   * @param events Segment events as JSON text
   * @returns the body of a Graph request with all their server events, as the bytes that are sent: valid until the next call
   */
  body(events: readonly string[]): Buffer;
}

/**
 * Mapper that does what delivery does with events between the queue and the Graph request, under the default ecommerce
 * mappings: parse, match, map, normalise, hash, serialise. Recorded events are mapped as on the day they happened.
 */
export const createBenchMapper = (): BenchMapper => createMapper(localConfig);

/** The same under the mappings of another destination "main". */
export function createMapper(config: Config): BenchMapper {
  const main = compileDestinationsNow(config, sha256InLanes).get('main');
  if (main === undefined) throw new Error('The configuration has no destination "main".');
  const read = eventReader(main);
  return {
    body(events) {
      const body = new EventsBody();
      for (const text of events) {
        const event = read(text);
        for (const verdict of planEvent(event, main, happenedAt(event))) {
          if (verdict.status === 'ready') body.add(verdict.json);
        }
      }
      const bytes = body.whole({});
      body.release();
      return bytes;
    },
  };
}

/** Reads the members that the destination wants, as delivery does, which reads all events of a message at once. */
function eventReader(destination: CompiledDestination): (text: string) => JsonObject {
  const reader = createMemberReader(wantedMembers([destination]).add(['timestamp']));
  return (text) => {
    try {
      if (reader.open(text)) return reader.read() as JsonObject;
    } catch {
      // Read in the general way.
    }
    return JSON.parse(text) as JsonObject;
  };
}

const happenedAt = ({ timestamp }: JsonObject): Date =>
  (typeof timestamp === 'string' ? readEventTime(timestamp) : undefined) ?? new Date();
