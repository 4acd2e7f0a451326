const hourMs = 3_600_000;
/** Receipts lie in the folder of the hour at which Firehose wrote them: at most this long after what they tell of. */
const latestMs = 2 * hourMs;

/** The source behind FROM for the receipts of a span, in epoch milliseconds: Athena reads no folder that cannot hold one. */
export function athenaSource(table: string, { from, to }: { readonly from: number; readonly to: number }): string {
  const first = folderOf(Math.max(0, from));
  const last = folderOf(Math.min(to + latestMs, Date.UTC(9999, 0)));
  return `(SELECT *, "$path" AS file FROM ${table} WHERE ${foldersBetween(first, last)} AND v = 1 AND t BETWEEN ${from} AND ${to})`;
}

interface Folder {
  readonly day: string;
  readonly hour: string;
}

const folderOf = (ms: number): Folder => {
  const iso = new Date(ms).toISOString();
  return { day: iso.slice(0, 10), hour: iso.slice(11, 13) };
};

function foldersBetween(first: Folder, last: Folder): string {
  const days = `day BETWEEN '${first.day}' AND '${last.day}'`;
  if (first.day === last.day) return `${days} AND hour BETWEEN '${first.hour}' AND '${last.hour}'`;
  return `${days} AND NOT (day = '${first.day}' AND hour < '${first.hour}') AND NOT (day = '${last.day}' AND hour > '${last.hour}')`;
}
