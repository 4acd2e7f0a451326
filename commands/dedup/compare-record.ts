import type { Config } from '../../shared/config/config.ts';
import { compareSides, type DedupReport } from '../../shared/dedup/compare-sides.ts';
import type { RecordStore, Span } from '../events/record-store.ts';
import { CommandError } from '../kit/report-errors.ts';
import { sightingsIn } from './read-sightings.ts';

/**
 * Compares both sides' events of a span, by the record: what pages saw rides in their events, so it needs the level `events`.
 *
 * @returns a report without names where nothing was recorded in that time @throws CommandError where the record holds no events
 */
export async function compareRecord(store: RecordStore, span: Span, config: Config): Promise<DedupReport> {
  const source = store.dialect.source(span);
  const accepted = await store.query(`SELECT id, ev, t FROM ${source} WHERE k = 'accepted' AND ev IS NOT NULL`);
  if (accepted.length === 0) {
    const [counted] = await store.query(`SELECT count(*) AS total FROM ${source} WHERE k = 'accepted'`);
    if (Number(counted?.['total'] ?? 0) > 0) throw new CommandError(levelTooLow);
  }
  const delivered = await store.query(`SELECT id, d, m, t FROM ${source} WHERE k = 'delivered'`);
  const { browser, server } = await sightingsIn(accepted, delivered, config);
  return compareSides(browser, server);
}

const levelTooLow = {
  reason: 'The record keeps receipts without events, and what the Pixel saw is in the events.',
  fix: "Keep events from now on: record: { level: 'events' } of the environment in config/environments.ts, or RECORD_LEVEL=events npm start (docs/record.md).",
};
