/** Events of one name in one hour. */
export interface HourlyCount {
  readonly event: string;
  /** Start of the hour, in epoch milliseconds. */
  readonly hour: number;
  readonly count: number;
}

/** An event name whose count is not what it usually is at this weekday and hour. */
export interface CountChange {
  readonly event: string;
  readonly count: number;
  /** Of the same hours in the weeks before. */
  readonly usual: number;
  /** -80: it fell by 80 per cent. */
  readonly changePercent: number;
}

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;
/** Hours that are looked at together: one alone is noisy. */
const windowHours = 3;
const weeksBack = 4;
/** Fewer weeks say nothing of what is usual. */
const leastWeeks = 3;
/** Of fewer events no share can be told from chance. */
const leastUsual = 30;
const leastChangePercent = 50;
/** Standard deviations; the spread is that of chance, or of the weeks if that is wider. */
const leastDeviations = 5;
/** Weeks that differ by more than this share of what is usual must not hide a name that all but stopped. */
const widestSpread = 0.15;

/** The hours that are looked at and those that they are compared with, one span a week, in epoch milliseconds; the latest first. */
export const comparedSpans = (until: number): readonly { readonly from: number; readonly to: number }[] =>
  Array.from({ length: weeksBack + 1 }, (_, week) => {
    const end = until - week * weekMs;
    return { from: end - windowHours * hourMs, to: end - 1 };
  });

/** Receipts of an hour are all there so long after its end. */
const settledMs = 10 * 60_000;

/** End of the last hour whose receipts are all there. */
export const lastClosedHour = (now: number): number => Math.floor((now - settledMs) / hourMs) * hourMs;

const grouped = new Intl.NumberFormat('en');

/** `Purchase fell by 80 % (41, usually 205)` */
export const changeText = ({ event, count, usual, changePercent }: CountChange): string =>
  `${event} ${changePercent < 0 ? 'fell' : 'grew'} by ${Math.abs(changePercent)} % (${grouped.format(count)}, usually ${grouped.format(usual)})`;

/**
 * Finds event names that fell or grew against their own weekday and hour in the last closed hours. A week in which a name was not
 * there at all counts as a zero once it was seen before.
 *
 * @param until end of the last closed hour, in epoch milliseconds
 * @returns the largest changes first; none where there are not weeks enough to compare with
 */
export function countChanges(counts: readonly HourlyCount[], until: number): CountChange[] {
  const byName = Map.groupBy(counts, ({ event }) => event);
  return [...byName]
    .flatMap(([event, own]) => changeOf(event, own, until) ?? [])
    .toSorted((a, b) => Math.abs(b.changePercent) - Math.abs(a.changePercent));
}

function changeOf(event: string, own: readonly HourlyCount[], until: number): CountChange | undefined {
  const first = own.reduce((earliest, { hour }) => Math.min(earliest, hour), Number.POSITIVE_INFINITY);
  const sumBefore = (end: number): number =>
    own.reduce((sum, { hour, count }) => (hour < end && hour >= end - windowHours * hourMs ? sum + count : sum), 0);
  const weeks: number[] = [];
  for (let week = 1; week <= weeksBack; week++) {
    const end = until - week * weekMs;
    if (end - windowHours * hourMs >= first) weeks.push(sumBefore(end));
  }
  if (weeks.length < leastWeeks) return undefined;
  const count = sumBefore(until);
  const usual = median(weeks);
  const level = Math.max(usual, count);
  if (level < leastUsual) return undefined;
  const spread = Math.sqrt(Math.max(usual, 1, Math.min(varianceOf(weeks), (widestSpread * usual) ** 2)));
  const changePercent = usual === 0 ? 100 : Math.round(((count - usual) / usual) * 100);
  const isFar = Math.abs(count - usual) > leastDeviations * spread;
  return isFar && Math.abs(changePercent) >= leastChangePercent ? { event, count, usual, changePercent } : undefined;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
}
