import type { EventLine, Fate, Outcome, Stage } from './wire.ts';

/** The worst outcome stands for all: what a person should look at first. */
const gravity: readonly Outcome[] = ['dead', 'waiting', 'delivered', 'skipped'];

export const worstOutcome = (fates: readonly Pick<Fate, 'outcome'>[]): Outcome | undefined =>
  gravity.find((outcome) => fates.some((fate) => fate.outcome === outcome));

/** @param destinations of the event's source: each owes an outcome */
export function stageOf(
  { fates, takenAt }: Pick<EventLine, 'fates' | 'takenAt'>,
  destinations: Iterable<string>,
): Stage {
  const worst = worstOutcome(fates);
  if (worst === 'dead' || worst === 'waiting') return worst;
  for (const destination of destinations) {
    if (!fates.some((fate) => fate.destination === destination)) return takenAt === undefined ? 'queued' : 'mapping';
  }
  return worst ?? 'skipped';
}
