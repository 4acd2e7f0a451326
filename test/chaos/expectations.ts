import type { Evidence } from './evidence.ts';
import type { Scenario } from './scenario.ts';

export interface RunFacts {
  readonly graphRequests: number;
  readonly evidence: Evidence;
  /** When each event was answered, in epoch milliseconds. */
  readonly acceptedAt: ReadonlyMap<string, number>;
  readonly firstDrainAt: number | undefined;
}

/** A busy machine is never as fast twice. */
const tolerance = { factor: 2, ms: 1_500 };

/** In words: what was measured, and what of it is not as the scenario expects. */
export function judgeExpectations(
  { expect = {} }: Scenario,
  facts: RunFacts,
): { readonly measured: readonly string[]; readonly unmet: readonly string[] } {
  const { mostGraphRequests = Number.POSITIVE_INFINITY, undelayed } = expect;
  const unmet =
    facts.graphRequests > mostGraphRequests
      ? [`${facts.graphRequests} requests to the Graph API, not at most ${mostGraphRequests}`]
      : [];
  if (undelayed === undefined) return { measured: [], unmet };
  const { before, after } = medianDelays(undelayed, facts);
  const isSame = after <= tolerance.factor * before + tolerance.ms;
  return {
    measured: [`median delay of ${undelayed}: ${before} ms before the fault, ${after} ms during it`],
    unmet: isSame ? unmet : [...unmet, `${undelayed} was delayed`],
  };
}

/** From the answer to the arrival, of events accepted before and after the first drain, in milliseconds. */
export function medianDelays(
  destination: string,
  { evidence, acceptedAt, firstDrainAt = 0 }: RunFacts,
): { before: number; after: number } {
  const { arrivals } = evidence.at(destination);
  const delays = [...acceptedAt].flatMap(([id, at]) => {
    const arrival = arrivals.get(id);
    return arrival ? [{ isBefore: at <= firstDrainAt, ms: arrival.firstAt - at }] : [];
  });
  const median = (wanted: boolean): number => {
    const sorted = delays.filter(({ isBefore }) => isBefore === wanted).map(({ ms }) => ms);
    return sorted.sort((a, b) => a - b)[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return { before: median(true), after: median(false) };
}
