/** Places of events in their batch. */
export type Part = readonly number[];

/** Finds one bad event among many with as many requests as halves would, k of them with fewer, in half the rounds. */
export const partsPerSplit = 4;

/**
 * Cuts a part of a batch into smaller ones.
 *
 * @param culprit index in the part of an event that was named as the bad one: it stands alone then
 */
export function split(part: Part, culprit?: number): Part[] {
  if (culprit !== undefined && culprit < part.length) {
    return [part.slice(culprit, culprit + 1), part.toSpliced(culprit, 1)].filter(({ length }) => length > 0);
  }
  const count = Math.min(partsPerSplit, part.length);
  const startOf = (index: number): number => Math.round((index * part.length) / count);
  return Array.from({ length: count }, (_, index) => part.slice(startOf(index), startOf(index + 1)));
}
