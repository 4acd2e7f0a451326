import { Receipt } from '../../shared/record/receipt.ts';
import { timelinesOf, type Timeline } from '../../shared/record/timeline.ts';
import { receiptsOfEvents } from './record-queries.ts';
import type { RecordStore, Row, Span, Wanted } from './record-store.ts';

/** Ids that one question in SQL asks for: its text may have 256 KiB. */
const mostIds = 5_000;

/** Receipts of rows; a row that is none is left out. */
export const receiptsIn = (rows: readonly Row[]): Receipt[] => rows.flatMap((row) => Receipt.safeParse(row).data ?? []);

/** Timelines of the events that are wanted, the newest first. @param withEvents their Segment events too, where the record keeps them */
export async function readTimelines(
  store: RecordStore,
  span: Span,
  wanted: Wanted,
  withEvents = false,
): Promise<Timeline[]> {
  const { dialect, query, receiptsOf } = store;
  if (receiptsOf !== undefined) return timelinesOf(await receiptsOf(span, wanted, withEvents));
  return timelinesOf(receiptsIn(await query(receiptsOfEvents(dialect, span, wanted, withEvents))));
}

/** The same by ids as the record keeps them, however many. */
export async function readTimelinesOf(store: RecordStore, span: Span, ids: readonly string[]): Promise<Timeline[]> {
  const timelines: Timeline[] = [];
  const most = store.receiptsOf === undefined ? mostIds : ids.length;
  for (let start = 0; start < ids.length; start += most) {
    const wanted = { ids: ids.slice(start, start + most), eventIds: [], persons: [] };
    timelines.push(...(await readTimelines(store, span, wanted)));
  }
  return timelines;
}
