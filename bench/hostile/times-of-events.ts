import {
  type HostileSpot,
  hostileEvent,
  hostileKinds,
  hostilePlaces,
  hostileShapes,
  ordinaryEvent,
} from './hostile-events.ts';
import { type Cost, type Search, searchHostileEvents } from './hostile-search.ts';
import { everyPiece } from './hostile-texts.ts';
import type { Stage } from './stages.ts';

export interface StageTimes {
  /** Of an ordinary event of the same size, in microseconds. */
  readonly ordinary: number;
  /** Worst first, in microseconds. */
  readonly worst: readonly Cost[];
}

export interface TimeSearch extends Search {
  /** Of the events that are tried one after the other, every so many-th is. */
  readonly oneIn: number;
}

const bytes = 64 * 1_024;
const tries = 15;
const mostTold = 16;

/**
 * Searches for the events of 64 KB that take most time in a stage: every piece of a hostile text in every place as it is, every
 * shape in every place, then any mixtures, and variations of the worst of those.
 */
export async function searchSlowEvents(stage: Stage, { oneIn, ...search }: TimeSearch): Promise<StageTimes> {
  const ordinary = await least(stage, ordinaryEvent(bytes), 200);
  const costOf = costOfSpots(stage);
  const found: Cost[] = [];
  let index = search.seed;
  for (const spot of everySpot()) if (index++ % oneIn === 0) found.push({ ...spot, cost: await costOf(spot) });
  found.push(...(await searchHostileEvents(search, costOf)));
  return { ordinary, worst: found.toSorted((one, other) => other.cost - one.cost).slice(0, mostTold) };
}

function costOfSpots(stage: Stage): (spot: HostileSpot) => Promise<number> {
  let slowest: readonly number[] = [];
  return async (spot) => {
    const event = hostileEvent(spot, bytes);
    const once = await least(stage, event, 1);
    // What is far from the worst so far need not be measured well.
    if (once < (slowest[mostTold - 1] ?? 0)) return once;
    const cost = await least(stage, event, tries);
    slowest = [...slowest, cost].toSorted((one, other) => other - one).slice(0, mostTold);
    return cost;
  };
}

/** The least of some tries, in microseconds: what else the machine does only ever adds. */
async function least(stage: Stage, event: ReturnType<typeof ordinaryEvent>, count: number): Promise<number> {
  const run = await stage.prepare(event);
  if (run === undefined) return 0;
  let shortest = Infinity;
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now();
    const result = run();
    if (result instanceof Promise) await result;
    shortest = Math.min(shortest, performance.now() - startedAt);
  }
  return shortest * 1_000;
}

/** Every piece in every place as a text, and every shape and kind in every place with one piece after the other. */
function* everySpot(): Generator<HostileSpot> {
  let next = 0;
  for (const place of hostilePlaces.keys()) {
    for (const recipe of everyPiece) yield { kind: 'order', place, shape: 'text', recipe };
    for (const shape of hostileShapes.keys()) {
      for (const kind of hostileKinds.keys()) {
        const recipe = everyPiece[next++ % everyPiece.length] as (typeof everyPiece)[number];
        yield { kind, place, shape, recipe };
      }
    }
  }
}
