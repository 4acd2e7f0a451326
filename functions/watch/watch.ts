import {
  type CountChange,
  changeText,
  comparedSpans,
  countChanges,
  lastClosedHour,
} from '../../shared/alarms/count-changes.ts';
import { hourlyCountsOf, hourlyCountsQuery } from '../../shared/alarms/hourly-counts-query.ts';
import { recordNames } from '../../shared/config/record-names.ts';
import { athenaSource } from '../../shared/record/athena-source.ts';
import type { Log } from '../../shared/queue/ports.ts';
import { countChangeMetrics } from '../aws/emf.ts';

export interface WatchEffects {
  readonly environment: string;
  readonly now: Date;
  /** Asks the record. */
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, string | number>>[]>;
  readonly log: Log;
}

/**
 * Compares how often each event name came in the last closed hours with the same weekday and hours before, and reports what fell or
 * grew, for an alarm to ring.
 *
 * @throws what the record throws
 */
export async function watch({ environment, now, query, log }: WatchEffects): Promise<readonly CountChange[]> {
  const until = lastClosedHour(now.getTime());
  const { table } = recordNames(environment);
  const sql = hourlyCountsQuery(comparedSpans(until).map((span) => athenaSource(table, span)));
  const counts = hourlyCountsOf(await query(sql));
  const changes = countChanges(counts, until);
  log('info', 'counts compared', {
    until: new Date(until).toISOString(),
    names: new Set(counts.map(({ event }) => event)).size,
    changes: changes.map(changeText),
    ...countChangeMetrics(changes, environment, now),
  });
  return changes;
}
