import type { Refusal } from '../../shared/ingest/request.ts';

/** Refused requests of one kind, as they are logged. */
export interface RefusedRequests extends Refusal {
  /** Those of this line; more than one in a flood. */
  readonly requests: number;
}

const windowMs = 10_000;
/** Lines of one kind within a window, after which refusals are added up. */
const singleLines = 20;
const mostTogether = 100;

/**
 * Decides which refused requests get a line: each of the first, and in a flood one for a hundred of the same status, code and
 * source, or for those that came since the last window. Whoever sends refused requests so can neither fill the log nor hide.
 *
 * @returns the line to write now, if any
 */
export function refusalLog(): (refusal: Refusal, now: Date) => RefusedRequests | undefined {
  const kinds = new Map<string, { since: number; lines: number; waiting: number }>();
  return (refusal, now) => {
    const key = `${refusal.status} ${refusal.code} ${refusal.source ?? ''}`;
    const time = now.getTime();
    const kind = kinds.get(key) ?? { since: time, lines: 0, waiting: 0 };
    kinds.set(key, kind);
    if (Math.abs(time - kind.since) >= windowMs) {
      kind.since = time;
      kind.lines = 0;
    }
    kind.waiting++;
    if (kind.lines >= singleLines && kind.waiting < mostTogether) return undefined;
    const requests = kind.waiting;
    kind.lines++;
    kind.waiting = 0;
    return { ...refusal, requests };
  };
}
