import { StepCounter } from './count-steps.ts';
import { type HostileSpot, hostileEvent, hostilePlaces, hostileShapes, ordinaryEvent } from './hostile-events.ts';
import { seededRandom } from '../seeded-random.ts';
import { hostileRecipe, variedRecipe } from './hostile-texts.ts';

export interface Search {
  readonly seed: number;
  /** Values that are tried in every place of an event, each of another shape and text. */
  readonly rounds: number;
  /** Variations of the worst that are tried afterwards, for each of some shapes. */
  readonly climbs: number;
}

export interface Cost extends HostileSpot {
  readonly steps: number;
}

export interface Costs {
  readonly ordinary: number;
  /** Worst first. */
  readonly worst: readonly Cost[];
}

const bytes = 64 * 1_024;
const now = new Date('2026-03-10T12:00:00.000Z');
const mostClimbed = 6;

/**
 * Searches for the events of 64 KB that take most steps to plan, for each destination of `hostile-config.ts`. To be called
 * before anything of `shared/` is loaded: see {@link StepCounter}.
 */
export async function searchCostlyEvents({ seed, rounds, climbs }: Search): Promise<ReadonlyMap<string, Costs>> {
  const counter = new StepCounter();
  await counter.start();
  const { compileDestinationsNow } = await import('../../shared/meta/compile-destinations.ts');
  const { planEvent } = await import('../../shared/delivery/plan.ts');
  const { sha256Hex } = await import('../../shared/lib/sha256/sha256-hex.ts');
  const { hostileConfig } = await import('./hostile-config.ts');
  const costs = new Map<string, Costs>();
  for (const [name, destination] of compileDestinationsNow(hostileConfig, sha256Hex)) {
    const stepsOf = (event: ReturnType<typeof ordinaryEvent>) =>
      counter.count(() => void planEvent(event, destination, now));
    const costOf = async (spot: HostileSpot): Promise<Cost> => ({
      ...spot,
      steps: await stepsOf(hostileEvent(spot, bytes)),
    });
    // The first event compiles what is compiled once.
    await stepsOf(ordinaryEvent(bytes));
    const random = seededRandom(seed);
    const found: Cost[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const place of hostilePlaces.keys()) found.push(await costOf({ place, ...anyValue(random) }));
    }
    const ofShapes = Map.groupBy(found.toSorted(bySteps), ({ shape }) => shape);
    for (const [first] of [...ofShapes.values()].slice(0, mostClimbed)) {
      let best = first as Cost;
      for (let climb = 0; climb < climbs; climb++) {
        const next = await costOf(varied(best, random));
        if (next.steps > best.steps) best = next;
      }
      found.push(best);
    }
    costs.set(name, { ordinary: await stepsOf(ordinaryEvent(bytes)), worst: found.toSorted(bySteps).slice(0, 10) });
  }
  return costs;
}

const bySteps = (one: Cost, other: Cost): number => other.steps - one.steps;

const places = [...hostilePlaces.keys()];
const shapes = [...hostileShapes.keys()];

const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)] as Item;

const anyValue = (random: () => number): Omit<HostileSpot, 'place'> => ({
  shape: pick(shapes, random),
  recipe: hostileRecipe(random() < 0.5 ? Math.floor(random() * 100) : Number.MAX_SAFE_INTEGER, random),
});

/** A spot that differs from another in its place, its shape or its text. */
function varied({ place, shape, recipe }: HostileSpot, random: () => number): HostileSpot {
  const what = random();
  if (what < 0.25) return { place: pick(places, random), shape, recipe };
  if (what < 0.5) return { place, shape: pick(shapes, random), recipe };
  return { place, shape, recipe: variedRecipe(recipe, random) };
}
