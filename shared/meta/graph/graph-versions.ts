/**
 * When each Graph API version stops being usable: the first day without it, or undefined where Meta has announced none.
 * A call in an expired version is not refused: Meta answers in the oldest version that is left. A new version is a line
 * here.
 *
 * @see https://developers.facebook.com/docs/graph-api/changelog
 */
export const graphVersionEnds = {
  'v16.0': '2025-05-14',
  'v17.0': '2025-09-12',
  'v18.0': '2026-01-26',
  'v19.0': '2026-05-21',
  'v20.0': '2026-09-24',
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
  'v26.0': undefined,
} as const satisfies Readonly<Record<string, string | undefined>>;

const dayMs = 86_400_000;
const numberOf = (version: string): number => Number(version.slice(1));

/** The first day on which a version is gone; one older than the table counts as its oldest line. */
function endOf(version: string): string | undefined {
  const known = Object.entries(graphVersionEnds);
  const [oldest] = known;
  if (oldest !== undefined && numberOf(version) < numberOf(oldest[0])) return oldest[1];
  return known.find(([each]) => each === version)?.[1];
}

/**
 * Whole days for which a Graph API version can still be used; 0 or less once it has expired.
 *
 * @param version e.g. `v25.0`
 * @returns undefined when its end is not announced, or the version is newer than the table
 */
export function graphVersionDaysLeft(version: string, now: Date): number | undefined {
  const end = endOf(version);
  return end === undefined ? undefined : Math.floor((Date.parse(end) - now.getTime()) / dayMs);
}

/** The same for the first of several versions to go; undefined when no end is announced. */
export function fewestGraphVersionDaysLeft(versions: Iterable<string>, now: Date): number | undefined {
  const left = [...versions].flatMap((version) => graphVersionDaysLeft(version, now) ?? []);
  return left.length === 0 ? undefined : Math.min(...left);
}
