import type { PastFailure } from '../queue/message.ts';

/** A message carries no more; the oldest ones count together then. */
const longestHistory = 20;

/** History of an event after one more failure. Failures of one kind in a row are one entry. */
export function nextHistory(
  history: readonly PastFailure[] | undefined,
  reason: string,
  at: string,
): readonly PastFailure[] {
  const before = history ?? [];
  const last = before.at(-1);
  if (last?.reason === reason) return [...before.slice(0, -1), { ...last, tries: last.tries + 1, lastAt: at }];
  const [first, second, ...rest] = before;
  const kept =
    before.length < longestHistory || first === undefined || second === undefined
      ? before
      : [{ ...second, reason: 'earlier', tries: first.tries + second.tries, firstAt: first.firstAt }, ...rest];
  return [...kept, { reason, tries: 1, firstAt: at, lastAt: at }];
}
