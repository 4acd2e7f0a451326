import config from '../config/local.ts';
import { sha256InLanes } from '../shared/lib/sha256/sha256-lanes.ts';
import { compileDestinationsNow } from '../shared/meta/compile-destinations.ts';
import { planEvent } from '../shared/delivery/plan.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { createBenchDelivery } from './deliver.ts';
import { measure, type Subject } from './measure.ts';
import { acceptedOrders, queuedOrders } from './queued-orders.ts';

const eventsPerInvocation = 10_000;

export interface Growth {
  readonly events: number;
  readonly cpu: number;
  readonly rssMiB: number;
}

/** Costs of the first `small` events and of all of `large`, delivered by one process, invocation after invocation. */
export async function growWithEvents(graphApiUrl: string, small: number, large: number): Promise<Growth[]> {
  const invoke = await createBenchDelivery(graphApiUrl);
  const bodies = queuedOrders(eventsPerInvocation);
  await invoke(bodies);
  const growth: Growth[] = [];
  const before = process.cpuUsage();
  for (let events = eventsPerInvocation; events <= large; events += eventsPerInvocation) {
    await invoke(bodies);
    if (events !== small && events !== large) continue;
    const { user, system } = process.cpuUsage(before);
    growth.push({ events, cpu: (user + system) / events, rssMiB: process.memoryUsage.rss() / 2 ** 20 });
  }
  return growth;
}

/** Costs of an order under the default mappings alone, and among many mappings that are about other events. */
export async function growWithMappings(
  counts: readonly number[],
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const orders = acceptedOrders(5_000).map((json) => JSON.parse(json) as JsonObject);
  const { main } = config.destinations;
  if (main === undefined) throw new Error('config/local.ts has no destination "main"');
  const [purchase] = main.mappings.filter(({ action }) => action === 'purchase');
  if (purchase === undefined) throw new Error('config/local.ts has no mapping to a Purchase');
  const subjects = counts.map((count): Subject => {
    const others = Array.from({ length: count - 1 }, (_, index) => ({
      ...purchase,
      name: `other ${index}`,
      trigger: `type = "track" and event = "Other ${index}"`,
    }));
    const grown = { ...config, destinations: { main: { ...main, mappings: [...others, purchase] } } };
    const destination = compileDestinationsNow(grown, sha256InLanes).get('main');
    if (destination === undefined) throw new Error('The destination was not compiled.');
    const now = new Date();
    return {
      name: String(count),
      events: orders.length,
      run: () => orders.map((order) => planEvent(order, destination, now)),
    };
  });
  const costs = await measure(subjects, rounds);
  return new Map([...costs].map(([name, { cpu }]) => [name, cpu]));
}
