import type { EventLine, DestinationOutcome, Outcome, Stage } from './wire.ts';

/** The worst outcome stands for all: what a person should look at first. */
const gravity: readonly Outcome[] = ['dead', 'waiting', 'delivered', 'skipped'];

export const worstOutcome = (outcomes: readonly Pick<DestinationOutcome, 'outcome'>[]): Outcome | undefined =>
  gravity.find((outcome) => outcomes.some((one) => one.outcome === outcome));

/** @param destinations of the event's source: each owes an outcome */
export function stageOf(
  { outcomes, takenAt }: Pick<EventLine, 'outcomes'> & { readonly takenAt?: number | undefined },
  destinations: Iterable<string>,
): Stage {
  const worst = worstOutcome(outcomes);
  if (worst === 'dead' || worst === 'waiting') return worst;
  for (const destination of destinations) {
    if (!outcomes.some((one) => one.destination === destination)) return takenAt === undefined ? 'queued' : 'mapping';
  }
  return worst ?? 'skipped';
}
