import type { Timeline } from '../../../shared/record/timeline.ts';
import type { HistoryRow, Outcome } from './wire.ts';

/** Times from and up to which the record is asked, in epoch milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Which ends are meant. What is left out restricts nothing. */
export interface HistoryFilter {
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  readonly event?: string | undefined;
}

/** The record, as the console asks it. */
export interface EventHistory {
  /** Timelines of the events that a text names: by message id, event id, user id, anonymous id, email, phone or order id; newest first. */
  find(text: string, range: TimeRange): Promise<readonly Timeline[]>;
  /** The timeline of one event by its message id, else by its event id, with the event itself where the record keeps events. */
  timeline(id: string, range: TimeRange): Promise<Timeline | undefined>;
  /** How events stand, newest first, one for each destination and mapping. */
  list(filter: HistoryFilter, range: TimeRange, limit: number): Promise<readonly HistoryRow[]>;
}

/** A timeline as rows: one for each destination and mapping, whether it ended there or not. */
export function rowsOf({ messageId, source = '', event = '', final, open, acceptedAt }: Timeline): HistoryRow[] {
  const common = { messageId, source, event };
  const place = (one: { readonly destination: string | null; readonly mapping: string | null }) => ({
    ...(one.destination !== null && { destination: one.destination }),
    ...(one.mapping !== null && { mapping: one.mapping }),
  });
  const reasonOf = (reason: string | null) => (reason === null ? {} : { reason });
  const ends = final.map((end) => ({
    ...common,
    ...place(end),
    ...reasonOf(end.reason),
    outcome: end.outcome,
    at: end.at,
  }));
  const waits = open.map((one) => ({
    ...common,
    ...place(one),
    ...reasonOf(one.reason),
    outcome: 'waiting' as const,
    at: one.since,
  }));
  if (ends.length + waits.length > 0) return [...ends, ...waits];
  return [{ ...common, outcome: 'waiting' satisfies Outcome, at: acceptedAt ?? 0 }];
}
