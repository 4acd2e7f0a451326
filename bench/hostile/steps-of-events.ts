import { StepCounter } from './count-steps.ts';
import { hostileEvent, hostilePlaces, ordinaryEvent } from './hostile-events.ts';
import { seededRandom } from '../seeded-random.ts';
import { type HostileRecipe, hostileRecipe, variedRecipe } from './hostile-texts.ts';

export interface Search {
  readonly seed: number;
  /** Texts that are tried in every place of an event. */
  readonly recipes: number;
  /** Variations of the worst that are tried afterwards, for each of some places. */
  readonly climbs: number;
}

export interface Cost {
  readonly place: string;
  readonly recipe: HostileRecipe;
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
export async function searchCostlyEvents({ seed, recipes, climbs }: Search): Promise<ReadonlyMap<string, Costs>> {
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
    const costOf = async (place: string, recipe: HostileRecipe): Promise<Cost> => {
      const steps = await stepsOf(hostileEvent({ place, shape: 'text', recipe }, bytes));
      return { place, recipe, steps };
    };
    // The first event compiles what is compiled once.
    await stepsOf(ordinaryEvent(bytes));
    const random = seededRandom(seed);
    const found: Cost[] = [];
    for (let index = 0; index < recipes; index++) {
      const recipe = hostileRecipe(random() < 0.5 ? Math.floor(random() * 100) : Number.MAX_SAFE_INTEGER, random);
      for (const place of hostilePlaces.keys()) found.push(await costOf(place, recipe));
    }
    const ofPlaces = Map.groupBy(found.toSorted(bySteps), ({ place }) => place);
    for (const [first] of [...ofPlaces.values()].slice(0, mostClimbed)) {
      let best = first as Cost;
      for (let climb = 0; climb < climbs; climb++) {
        const next = await costOf(best.place, variedRecipe(best.recipe, random));
        if (next.steps > best.steps) best = next;
      }
      found.push(best);
    }
    costs.set(name, { ordinary: await stepsOf(ordinaryEvent(bytes)), worst: found.toSorted(bySteps).slice(0, 10) });
  }
  return costs;
}

const bySteps = (one: Cost, other: Cost): number => other.steps - one.steps;
