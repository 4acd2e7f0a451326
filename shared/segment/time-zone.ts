import { memoize } from '../lib/memoize.ts';

/**
 * Milliseconds since the epoch of a clock on the wall of a zone. Where clocks are put back an hour comes twice: it is the first.
 *
 * @param wallMs what it would be in UTC
 * @param zone a name of the IANA database, such as `Europe/Paris`
 * @returns NaN for a zone that nobody knows
 */
export function zonedMs(wallMs: number, zone: string): number {
  const format = zone === '' || Number.isNaN(wallMs) ? null : formatIn(zone);
  if (format === null) return Number.NaN;
  // The offset that holds at a time is known only once the time is: a guess is off by an hour at most.
  const guess = wallMs - offsetMs(format, wallMs);
  return wallMs - offsetMs(format, guess);
}

/** To make one takes as long as a hundred events. */
const formatIn = memoize((timeZone): Intl.DateTimeFormat | null => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch {
    return null;
  }
}, 100);

/** How far the clocks of a zone are ahead of UTC at a time. */
function offsetMs(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day, hour, minute, second] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map(
    (part) => parts.get(part) ?? 0,
  ) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
}
