import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import config from '../config/local.ts';
import { sha256Hex } from '../shared/lib/sha256/sha256-hex.ts';
import { compileDestinationsNow } from '../shared/meta/compile-destinations.ts';
import { EventsBody } from '../shared/meta/graph/events-body.ts';
import { planEvent } from '../shared/delivery/plan.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { acceptedOrders } from './queued-orders.ts';

/** Bytes that an order takes while its request is under way: the event, and its part of the body. */
export function bytesPerEvent(events: number): number {
  const main = compileDestinationsNow(config, sha256Hex).get('main');
  if (main === undefined) throw new Error('config/local.ts has no destination "main"');
  const texts = acceptedOrders(events);
  const now = new Date();
  const before = memoryInUse().heapUsed;
  const body = new EventsBody();
  const held = texts.map((text) => {
    const event = JSON.parse(text) as JsonObject;
    for (const verdict of planEvent(event, main, now)) if (verdict.status === 'ready') body.add(verdict.json);
    return event;
  });
  return Math.round((memoryInUse().heapUsed - before + body.size) / held.length);
}

/** Memory once the collector has taken back what is no longer in use, in bytes. */
export function memoryInUse(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage();
}
