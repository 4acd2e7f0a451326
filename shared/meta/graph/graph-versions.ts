import type { DestinationConfig } from '../../config/config.ts';

/**
 * First day without each version of the Graph API, by two schedules of Meta; undefined where none is announced. Meta's
 * page on the Conversions API names the Graph API's, at least two years for each version; a partner of Meta's went by the
 * shorter one of the Marketing API. The earlier day counts. A call in an expired version is not refused: Meta answers in
 * the oldest version that is left. A new version is a line here.
 *
 * @see https://developers.facebook.com/docs/graph-api/changelog
 * @see https://developers.facebook.com/docs/marketing-api/versions
 */
export const graphVersionEnds: Readonly<Record<string, { readonly graph?: string; readonly marketing?: string }>> = {
  'v16.0': { graph: '2025-05-14' },
  'v17.0': { graph: '2025-09-12' },
  'v18.0': { graph: '2026-01-26' },
  'v19.0': { graph: '2026-05-21' },
  'v20.0': { graph: '2026-09-24' },
  'v21.0': { graph: '2027-01-21' },
  'v22.0': { graph: '2027-05-20' },
  'v23.0': { graph: '2027-10-08' },
  'v24.0': { graph: '2028-02-18', marketing: '2026-10-06' },
  // The first day on which Meta may end it: 90 days after v26.0 came out.
  'v25.0': { graph: '2028-07-29', marketing: '2026-10-27' },
  'v26.0': {},
};

const dayMs = 86_400_000;
const numberOf = (version: string): number => Number(version.slice(1));

type Schedule = 'graph' | 'marketing';

/** First day without a version: no version outlives a newer one. */
function endOf(version: string, schedules: readonly Schedule[]): string | undefined {
  return Object.entries(graphVersionEnds)
    .filter(([each]) => numberOf(each) >= numberOf(version))
    .flatMap(([, ends]) => schedules.flatMap((schedule) => ends[schedule] ?? []))
    .toSorted()[0];
}

/**
 * Whole days for which a version can be used for sure; 0 or less once one of the schedules has ended it.
 *
 * @param version e.g. `v26.0`
 * @returns undefined when its end is not announced, or the version is newer than the table
 */
export const graphVersionDaysLeft = (version: string, now: Date): number | undefined =>
  daysUntil(endOf(version, ['graph', 'marketing']), now);

/** Whether the Graph API itself, which says that it sets the rule for events, has ended a version. */
export const hasGraphVersionEnded = (version: string, now: Date): boolean =>
  (daysUntil(endOf(version, ['graph']), now) ?? 1) <= 0;

const daysUntil = (day: string | undefined, now: Date): number | undefined =>
  day === undefined ? undefined : Math.floor((Date.parse(day) - now.getTime()) / dayMs);

/** The same for the first of several versions to go; undefined when no end is announced. */
export function fewestGraphVersionDaysLeft(versions: Iterable<string>, now: Date): number | undefined {
  const left = [...versions].flatMap((version) => graphVersionDaysLeft(version, now) ?? []);
  return left.length === 0 ? undefined : Math.min(...left);
}

/** The version of each request: now and then the next one, where a destination tries that out. */
export function versionPicker({
  graphVersion,
  nextGraphVersion,
}: Pick<DestinationConfig, 'graphVersion' | 'nextGraphVersion'>): () => string {
  if (nextGraphVersion === undefined) return () => graphVersion;
  const { version, percent } = nextGraphVersion;
  // Begins in the middle: many short-lived containers together keep the share, too.
  let owed = 50;
  return () => {
    owed += percent;
    if (owed < 100) return graphVersion;
    owed -= 100;
    return version;
  };
}
