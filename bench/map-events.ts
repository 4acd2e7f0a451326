import { defineConfig } from '../shared/config/define-config.ts';
import { sha256InLanes } from '../shared/meta/sha256-lanes.ts';
import { compileDestinationsNow } from '../shared/pipeline/compile-destinations.ts';
import { planEvent } from '../shared/pipeline/plan.ts';
import { requestBody } from '../shared/pipeline/request-body.ts';
import { ecommerceMappings } from '../shared/presets/ecommerce-mappings.ts';
import { standardEventMappings } from '../shared/presets/standard-event-mappings.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { createFloorMapper } from './floor.ts';
import { type BenchMapper, createBenchMapper } from './mapper.ts';
import type { Subject } from './measure.ts';
import { pageViewed, signedUp } from './other-events.ts';
import { acceptedOrders } from './queued-orders.ts';

const events = 5_000;
const eventsPerRequest = 1_000;

export const floorName = 'floor: an order by hand';

const subject = (name: string, mapper: BenchMapper, texts: readonly string[]): Subject => ({
  name,
  events: texts.length,
  run() {
    for (let start = 0; start < texts.length; start += eventsPerRequest) {
      mapper.body(texts.slice(start, start + eventsPerRequest));
    }
  },
});

/** Under the ecommerce mappings and those for the other standard events, 21 in all. */
function createWideMapper(): BenchMapper {
  const website = { actionSource: 'website' } as const;
  const config = defineConfig({
    sources: { bench: { writeKeyHashes: ['0'.repeat(64)], destinations: ['main'] } },
    destinations: {
      main: {
        datasetId: '1',
        accessTokenSecret: 'bench',
        mappings: [...ecommerceMappings(website), ...standardEventMappings(website)],
      },
    },
  });
  const main = compileDestinationsNow(config, sha256InLanes).get('main');
  if (main === undefined) throw new Error('The destination was not compiled.');
  return {
    body(texts) {
      const now = new Date();
      const verdicts = texts.flatMap((text) => planEvent(JSON.parse(text) as JsonObject, main, now));
      return requestBody(
        verdicts.map((verdict) => {
          if (verdict.status !== 'ready') throw new Error(`An event of the benchmark is ${verdict.status}.`);
          return verdict.json;
        }),
        {},
      );
    },
  };
}

/** From the JSON of an event to its part of a request's body, and the least that takes. */
export function mappingSubjects(): Subject[] {
  const mapper = createBenchMapper();
  const orders = acceptedOrders(events);
  return [
    subject(floorName, createFloorMapper(), orders),
    subject('map an order of three products', mapper, orders),
    subject('map a page view', mapper, acceptedOrders(events, pageViewed)),
    subject('map a sign-up', createWideMapper(), acceptedOrders(events, signedUp)),
  ];
}
