import { seededRandom } from '../seeded-random.ts';
import { type HostileSpot, hostileKinds, hostilePlaces, hostileShapes } from './hostile-events.ts';
import { hostileRecipe, variedRecipe } from './hostile-texts.ts';

export interface Search {
  readonly seed: number;
  /** Values that are tried in every place of an event, each of another kind, shape and text. */
  readonly rounds: number;
  /** Variations of the worst that are tried afterwards, for each of some shapes. */
  readonly climbs: number;
}

export interface Cost extends HostileSpot {
  /** In whatever is measured. */
  readonly cost: number;
}

const mostClimbed = 6;

/**
 * Searches for the hostile events that cost most: any value in every place, and then variations of the worst.
 *
 * @returns all that was tried in every place, and the best of each climb, worst first
 */
export async function searchHostileEvents(
  { seed, rounds, climbs }: Search,
  costOf: (spot: HostileSpot) => number | Promise<number>,
): Promise<Cost[]> {
  const random = seededRandom(seed);
  const measured = async (spot: HostileSpot): Promise<Cost> => ({ ...spot, cost: await costOf(spot) });
  const found: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const place of hostilePlaces.keys()) found.push(await measured({ place, ...anyValue(random) }));
  }
  const ofShapes = Map.groupBy(found.toSorted(byCost), ({ shape }) => shape);
  for (const [first] of [...ofShapes.values()].slice(0, mostClimbed)) {
    let best = first as Cost;
    for (let climb = 0; climb < climbs; climb++) {
      const next = await measured(varied(best, random));
      if (next.cost > best.cost) best = next;
    }
    found.push(best);
  }
  return found.toSorted(byCost);
}

const byCost = (one: Cost, other: Cost): number => other.cost - one.cost;

const kinds = [...hostileKinds.keys()];
const places = [...hostilePlaces.keys()];
const shapes = [...hostileShapes.keys()];

const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)] as Item;

const anyValue = (random: () => number): Omit<HostileSpot, 'place'> => ({
  kind: random() < 0.5 ? 'order' : pick(kinds, random),
  shape: random() < 0.25 ? 'text' : pick(shapes, random),
  recipe: hostileRecipe(random() < 0.5 ? Math.floor(random() * 130) : Number.MAX_SAFE_INTEGER, random),
});

/** A spot that differs from another in its kind, its place, its shape or its text. */
function varied(spot: HostileSpot, random: () => number): HostileSpot {
  const what = random();
  if (what < 0.1) return { ...spot, kind: pick(kinds, random) };
  if (what < 0.3) return { ...spot, place: pick(places, random) };
  if (what < 0.5) return { ...spot, shape: pick(shapes, random) };
  return { ...spot, recipe: variedRecipe(spot.recipe, random) };
}
