import { StepCounter } from './count-steps.ts';
import { hostileEvent, type HostileSpot, ordinaryEvent } from './hostile-events.ts';
import { type Cost, type Search, searchHostileEvents } from './hostile-search.ts';

export interface Costs {
  readonly ordinary: number;
  /** Worst first, in steps. */
  readonly worst: readonly Cost[];
  /** The same of what the console takes to explain an event. */
  readonly explained: readonly Cost[];
}

const bytes = 64 * 1_024;
const now = new Date('2026-03-10T12:00:00.000Z');

/**
 * Searches for the events of 64 KB that take most steps to plan and to explain, for each destination of `hostile-config.ts`. To be called
 * before anything of `shared/` is loaded: see {@link StepCounter}.
 */
export async function searchCostlyEvents(search: Search): Promise<ReadonlyMap<string, Costs>> {
  const counter = new StepCounter();
  await counter.start();
  const { compileDestinationsNow } = await import('../../shared/meta/compile-destinations.ts');
  const { planEvent } = await import('../../shared/delivery/plan.ts');
  const { explainEvent } = await import('../../shared/explain/explain-event.ts');
  const { sha256Hex } = await import('../../shared/lib/sha256/sha256-hex.ts');
  const { hostileConfig } = await import('./hostile-config.ts');
  const costs = new Map<string, Costs>();
  for (const [name, destination] of compileDestinationsNow(hostileConfig, sha256Hex)) {
    const stepsOf = (event: ReturnType<typeof ordinaryEvent>) =>
      counter.count(() => void planEvent(event, destination, now));
    // The first event compiles what is compiled once.
    await stepsOf(ordinaryEvent(bytes));
    const found = await searchHostileEvents(search, (spot: HostileSpot) => stepsOf(hostileEvent(spot, bytes)));
    const explained = await searchHostileEvents({ ...search, climbs: 0 }, (spot) =>
      counter.count(() => void explainEvent(hostileEvent(spot, bytes), destination, { now })),
    );
    const ordinary = await stepsOf(ordinaryEvent(bytes));
    costs.set(name, { ordinary, worst: found.slice(0, 10), explained: explained.slice(0, 10) });
  }
  return costs;
}
