import config from '../config/local.ts';
import type { Config } from '../shared/config/config.ts';
import { sha256InLanes } from '../shared/lib/sha256/sha256-lanes.ts';
import { compileDestinationsNow } from '../shared/meta/compile-destinations.ts';
import { planEvent } from '../shared/delivery/plan.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { createBenchDelivery } from './deliver.ts';
import { createBenchMapper } from './mapper.ts';
import { median, type Subject } from './measure.ts';
import { memoryInUse } from './memory.ts';
import { acceptedOrders, queuedOrders } from './queued-orders.ts';

const eventsPerInvocation = 10_000;

/** Events that one process has delivered, and the resources that it took so far. */
export interface Growth {
  readonly events: number;
  readonly cpu: number;
  /** Of the process, with what the collector has not taken back yet. */
  readonly rssMiB: number;
  /** Of what is in use. */
  readonly liveMiB: number;
}

/** Costs of the first events, and again after each tenth of all of them, delivered by one process, invocation after invocation. */
export async function growWithEvents(graphApiUrl: string, events: number): Promise<Growth[]> {
  const invoke = await createBenchDelivery(graphApiUrl);
  const bodies = queuedOrders(eventsPerInvocation);
  await invoke(bodies);
  const growth: Growth[] = [];
  const before = process.cpuUsage();
  for (let delivered = eventsPerInvocation; delivered <= events; delivered += eventsPerInvocation) {
    await invoke(bodies);
    if (delivered !== eventsPerInvocation && delivered % (events / 10) !== 0) continue;
    const { user, system } = process.cpuUsage(before);
    const rssMiB = process.memoryUsage.rss() / 2 ** 20;
    const { heapUsed, external } = memoryInUse();
    const liveMiB = (heapUsed + external) / 2 ** 20;
    growth.push({ events: delivered, cpu: (user + system) / delivered, rssMiB, liveMiB });
  }
  return growth;
}

/** Memory in use that a million events add, in MiB, by the median of the second half against that of the first. */
export function memoryPerMillion(growth: readonly Growth[]): number {
  const half = Math.ceil(growth.length / 2);
  const middle = (part: readonly Growth[], of: (growth: Growth) => number): number => median(part.map(of));
  const [first, second] = [growth.slice(0, half), growth.slice(half)];
  const memory = middle(second, ({ liveMiB }) => liveMiB) - middle(first, ({ liveMiB }) => liveMiB);
  const events = middle(second, ({ events: count }) => count) - middle(first, ({ events: count }) => count);
  return (memory / events) * 1e6;
}

const orders = 2_000;

/** An order under the default mappings alone, and among many mappings that are about other events. */
export function mappingsSubjects(counts: readonly number[]): Subject[] {
  const events = parsedOrders();
  const { main } = config.destinations;
  const purchase = main?.mappings.find(({ action }) => action === 'purchase');
  if (main === undefined || purchase === undefined) throw new Error('config/local.ts maps no Purchase for "main".');
  return counts.map((count) => {
    const others = Array.from({ length: count - 1 }, (_, index) => ({
      ...purchase,
      name: `other ${index}`,
      trigger: `type = "track" and event = "Other ${index}"`,
    }));
    const grown = { ...config, destinations: { main: { ...main, mappings: [...others, purchase] } } };
    return planning(`${count} mappings`, grown, events, '1 mappings');
  });
}

/** An order that goes to many destinations, each with the default mappings. */
export function destinationsSubjects(counts: readonly number[]): Subject[] {
  const events = parsedOrders();
  const { main } = config.destinations;
  if (main === undefined) throw new Error('config/local.ts has no destination "main".');
  return counts.map((count) => {
    const names = Array.from({ length: count }, (_, index) => `main${index}`);
    const grown = { ...config, destinations: Object.fromEntries(names.map((name) => [name, main])) };
    return planning(`${count} destinations`, grown, events, '1 destinations');
  });
}

/** An order of many products, from its text to its part of a request. */
export function productsSubjects(counts: readonly number[]): Subject[] {
  const mapper = createBenchMapper();
  return counts.map((count): Subject => {
    const texts = parsedOrders().map((order) => JSON.stringify(withProducts(order, count)));
    return {
      name: `${count} products`,
      floor: '1 products',
      events: texts.length,
      run() {
        for (let from = 0; from < texts.length; from += 500) mapper.body(texts.slice(from, from + 500));
      },
    };
  });
}

const parsedOrders = (): JsonObject[] => acceptedOrders(orders).map((json) => JSON.parse(json) as JsonObject);

function withProducts(order: JsonObject, count: number): JsonObject {
  const properties = order['properties'] as JsonObject;
  const sold = properties['products'] as readonly JsonObject[];
  const products = Array.from({ length: count }, (_, index) => ({
    ...sold[index % sold.length],
    product_id: `sku-${index}`,
  }));
  return { ...order, properties: { ...properties, products } };
}

function planning(name: string, grown: Config, events: readonly JsonObject[], floor: string): Subject {
  const destinations = [...compileDestinationsNow(grown, sha256InLanes).values()];
  const now = new Date();
  return {
    name,
    floor,
    events: events.length,
    run() {
      for (const event of events) for (const destination of destinations) planEvent(event, destination, now);
    },
  };
}
