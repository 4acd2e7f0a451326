import type { HourlyCount } from './count-changes.ts';

const hourMs = 3_600_000;

/**
 * SQL for the accepted events of each name and hour, with the columns `e`, `h` and `total`.
 *
 * @param sources what stands behind FROM for each span
 */
export function hourlyCountsQuery(sources: readonly string[]): string {
  const accepted = sources.map((source) => `SELECT e, t, w FROM ${source} AS span WHERE k = 'accepted'`);
  return `
    SELECT e, CAST(floor(t / ${hourMs}.0) AS bigint) AS h, CAST(sum(coalesce(w, 1)) AS bigint) AS total
    FROM (${accepted.join(' UNION ALL ')}) AS receipts GROUP BY 1, 2`;
}

export const hourlyCountsOf = (rows: readonly Readonly<Record<string, string | number>>[]): HourlyCount[] =>
  rows.map(({ e, h, total }) => ({
    event: e === undefined ? '(no name)' : String(e),
    hour: Number(h) * hourMs,
    count: Number(total),
  }));
