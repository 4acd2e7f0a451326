import type { Config } from '../shared/config/config.ts';
import { defineConfig } from '../shared/config/define-config.ts';
import { ecommerceMappings } from '../shared/meta/presets/ecommerce-mappings.ts';
import { standardEventMappings } from '../shared/meta/presets/standard-event-mappings.ts';
import { createFloorMapper } from './floor.ts';
import { type BenchMapper, createBenchMapper, createMapper } from './mapper.ts';
import type { Subject } from './measure.ts';
import { pageViewed, signedUp } from './other-events.ts';
import { createHandWrittenMapper } from './peers/hand-written.ts';
import { acceptedOrders } from './queued-orders.ts';
import { variedEvents } from './varied-orders.ts';

const events = 5_000;
const eventsPerRequest = 1_000;

export const floorName = 'floor: an order by hand';
const variedFloorName = 'floor: a varied order by hand';
const mixedFloorName = 'floor: a mixed event by hand';

export interface MappingSubject extends Subject {
  /** Maps all of its events, a request's share at a time. @param take gets each body, which the next one overwrites */
  run(take?: (body: Buffer) => void): void;
}

const subject = (name: string, mapper: BenchMapper, texts: readonly string[], floor = floorName): MappingSubject => ({
  name,
  floor,
  events: texts.length,
  run(take) {
    for (let start = 0; start < texts.length; start += eventsPerRequest) {
      const body = mapper.body(texts.slice(start, start + eventsPerRequest));
      take?.(body);
    }
  },
});

/** The ecommerce mappings and those for the other standard events, 21 in all. */
function wideConfig(): Config {
  const website = { actionSource: 'website' } as const;
  return defineConfig({
    sources: { bench: { writeKeyHashes: ['0'.repeat(64)], destinations: ['main'] } },
    destinations: {
      main: {
        datasetId: '1',
        accessTokenSecret: 'bench',
        mappings: [...ecommerceMappings(website), ...standardEventMappings(website)],
      },
    },
  });
}

/** From the JSON of an event to its part of a request's body, and the least that takes. */
export function mappingSubjects(): MappingSubject[] {
  const mapper = createBenchMapper();
  const orders = acceptedOrders(events);
  const varied = variedEvents('orders', events, new Date());
  const mixed = variedEvents('mixed', events, new Date());
  return [
    subject(floorName, createFloorMapper(), orders),
    subject('map an order of three products', mapper, orders),
    subject('map a page view', mapper, acceptedOrders(events, pageViewed)),
    subject('map a sign-up', createMapper(wideConfig()), acceptedOrders(events, signedUp)),
    subject(variedFloorName, createHandWrittenMapper(), varied, variedFloorName),
    subject('map a varied order', mapper, varied, variedFloorName),
    subject(mixedFloorName, createHandWrittenMapper(), mixed, mixedFloorName),
    subject('map a mixed event', mapper, mixed, mixedFloorName),
  ];
}
