import config from '../config/local.ts';
import { sha256Hex } from '../shared/meta/sha256-hex.ts';
import { compileDestinationsNow } from '../shared/pipeline/compile-destinations.ts';
import { planEvent } from '../shared/pipeline/plan.ts';
import { requestBody } from '../shared/pipeline/request-body.ts';
import type { JsonObject } from '../shared/segment/event.ts';

export interface BenchMapper {
  /** @param events Segment events as JSON text @returns the body of a Graph request with all their server events */
  body(events: readonly string[]): string;
}

/**
 * What delivery does with events between the queue and the Graph request, under the default ecommerce mappings: parse,
 * match, map, normalise, hash, serialise. Recorded events are mapped as on the day they happened.
 */
export function createBenchMapper(): BenchMapper {
  const main = compileDestinationsNow(config, sha256Hex).get('main');
  if (main === undefined) throw new Error('config/local.ts has no destination "main"');
  return {
    body(events) {
      const serverEvents: string[] = [];
      for (const text of events) {
        const event = JSON.parse(text) as JsonObject;
        for (const verdict of planEvent(event, main, happenedAt(event))) {
          if (verdict.status === 'ready') serverEvents.push(verdict.json);
        }
      }
      return requestBody(serverEvents, {});
    },
  };
}

const happenedAt = ({ timestamp }: JsonObject): Date =>
  typeof timestamp === 'string' ? new Date(timestamp) : new Date();
