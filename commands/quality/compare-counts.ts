import { type CountChange, comparedSpans, countChanges, lastClosedHour } from '../../shared/alarms/count-changes.ts';
import { hourlyCountsOf, hourlyCountsQuery } from '../../shared/alarms/hourly-counts-query.ts';
import type { RecordStore } from '../events/record-store.ts';

/** Event names that fell or grew in the last closed hours, by the record. @param now in epoch milliseconds */
export async function compareCounts(store: RecordStore, now: number): Promise<CountChange[]> {
  const until = lastClosedHour(now);
  const sources = comparedSpans(until).map((span) => store.dialect.source(span));
  return countChanges(hourlyCountsOf(await store.query(hourlyCountsQuery(sources))), until);
}
