import { counts, coverage, latencies, repeats } from './record-queries.ts';
import type { RecordStore, Row, Span } from './record-store.ts';

export const units = ['day', 'hour'] as const;
export type Unit = (typeof units)[number];
export const unitMs = { day: 86_400_000, hour: 3_600_000 } as const satisfies Record<Unit, number>;

type Reasons = Readonly<Record<string, number>>;

/** Counts as the metrics have them: of receipts, so that an event that was delivered twice counts twice. */
export interface Totals {
  readonly accepted: number;
  readonly rejected: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly dead: number;
  /** Of the delivered ones, those that had been delivered before: a lost answer, or a message that came again. */
  readonly repeated: number;
  readonly redriven: number;
  readonly replayed: number;
  readonly erased: number;
}

export interface StatsRow extends Totals {
  /** `2026-03-10`, or `2026-03-10 08:00` for an hour, in UTC. */
  readonly unit: string;
  readonly source: string | null;
  readonly event: string | null;
  /** Null for what happens before there is a destination: acceptance and rejection. */
  readonly destination: string | null;
  readonly rejectedBy: Reasons;
  readonly skippedBy: Reasons;
  readonly deadBy: Reasons;
  /** From receiving an event to its delivery. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | undefined;
  /** Share of the delivered events with each match key, 0 to 1. */
  readonly matchKeys: Readonly<Record<string, number>>;
}

export interface Stats {
  readonly totals: Totals;
  readonly rows: readonly StatsRow[];
}

const none = {
  accepted: 0,
  rejected: 0,
  delivered: 0,
  skipped: 0,
  dead: 0,
  repeated: 0,
  redriven: 0,
  replayed: 0,
  erased: 0,
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Draft = Mutable<Omit<StatsRow, 'rejectedBy' | 'skippedBy' | 'deadBy' | 'matchKeys'>> &
  Record<'rejectedBy' | 'skippedBy' | 'deadBy' | 'matchKeys', Record<string, number>>;

/** Adds up the receipts of a span. */
export async function readStats(store: RecordStore, span: Span, unit: Unit): Promise<Stats> {
  const { dialect } = store;
  const ms = unitMs[unit];
  const drafts = new Map<string, Draft>();
  const draftOf = (row: Row): Draft => {
    const key = JSON.stringify([row['unit'], row['s'], row['e'], row['d']]);
    const text = (name: string): string | null => (row[name] === undefined ? null : String(row[name]));
    const draft = drafts.get(key) ?? {
      unit: unitText(Number(row['unit']) * ms, unit),
      ...{ source: text('s'), event: text('e'), destination: text('d') },
      ...none,
      ...{ rejectedBy: {}, skippedBy: {}, deadBy: {}, matchKeys: {}, latencyMs: undefined },
    };
    drafts.set(key, draft);
    return draft;
  };
  for (const row of await store.query(counts(dialect, span, ms))) addCount(draftOf(row), row);
  for (const row of await store.query(repeats(dialect, span, ms))) draftOf(row).repeated += Number(row['total']);
  for (const row of await store.query(latencies(dialect, span, ms))) {
    draftOf(row).latencyMs = { p50: Number(row['p50']), p95: Number(row['p95']) };
  }
  const looked = new Map<Draft, number>();
  for (const row of await store.query(coverage(dialect, span, ms))) {
    const draft = draftOf(row);
    const { matchKeys } = draft;
    looked.set(draft, (looked.get(draft) ?? 0) + Number(row['total']));
    for (const key of String(row['mk'] ?? '').split(' ')) {
      if (key !== '') matchKeys[key] = (matchKeys[key] ?? 0) + Number(row['total']);
    }
  }
  for (const [{ matchKeys }, all] of looked)
    for (const key of Object.keys(matchKeys)) matchKeys[key] = (matchKeys[key] ?? 0) / all;
  const rows = [...drafts.values()].toSorted(
    (one, other) =>
      compare(other.unit, one.unit) || compare(one.event, other.event) || compare(one.destination, other.destination),
  );
  return { totals: totalsOf(rows), rows };
}

function addCount(draft: Draft, row: Row): void {
  const k = String(row['k']);
  const total = Number(row['total']);
  if (k in none) draft[k as keyof Totals] += total;
  if (k !== 'rejected' && k !== 'skipped' && k !== 'dead') return;
  const by = draft[`${k}By`];
  const reason = String(row['r']);
  by[reason] = (by[reason] ?? 0) + total;
}

function totalsOf(rows: readonly Totals[]): Totals {
  const totals: Mutable<Totals> = { ...none };
  for (const row of rows) for (const name of Object.keys(none) as (keyof Totals)[]) totals[name] += row[name];
  return totals;
}

const unitText = (ms: number, unit: Unit): string => {
  const iso = new Date(ms).toISOString();
  return unit === 'day' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
};

const compare = (one: string | null, other: string | null): number => {
  const [a, b] = [one ?? '', other ?? ''];
  return a < b ? -1 : a > b ? 1 : 0;
};
