import { receiptColumns } from '../../shared/record/receipt-columns.ts';
import { type Dialect, quoted, type Span, type Wanted } from './record-store.ts';

const listOf = (texts: readonly string[]): string => texts.map(quoted).join(', ');

/** Columns of a receipt but the person's digests, which nobody is shown. */
const shown = Object.keys(receiptColumns)
  .filter((name) => name !== 'p' && name !== 'ev')
  .join(', ');

/** All receipts of the events that are wanted. @param withEvents their Segment events as well */
export function receiptsOfEvents({ source }: Dialect, span: Span, wanted: Wanted, withEvents = false): string {
  const columns = withEvents ? `${shown}, ev` : shown;
  const from = source(span);
  const { ids, eventIds, persons } = wanted;
  if (eventIds.length === 0 && persons.length === 0) return `SELECT ${columns} FROM ${from} WHERE ${inList('id', ids)}`;
  const found = [
    ...(ids.length > 0 || eventIds.length > 0 ? [inList('id', [...ids, ...eventIds])] : []),
    ...(eventIds.length > 0 ? [inList('i', eventIds)] : []),
    ...persons.map((digest) => `contains(p, ${quoted(digest)})`),
  ];
  return `SELECT ${columns} FROM ${from} WHERE id IN (SELECT id FROM ${from} WHERE ${found.join(' OR ')})`;
}

const inList = (column: string, texts: readonly string[]): string =>
  texts.length === 0 ? 'false' : `${column} IN (${listOf(texts)})`;

/** A delivery outweighs whatever comes later, as in a timeline. */
const weight = `CASE k WHEN 'delivered' THEN t + 100000000000000 ELSE t END`;

/** One row for each event, destination and mapping: how it stands there. */
const places = (from: string): string => `
  SELECT id, d, m, max_by(k, ${weight}) AS k, max_by(r, ${weight}) AS r, max(t) AS t,
    max_by(s, ${weight}) AS s, max_by(e, ${weight}) AS e
  FROM ${from} AS receipts
  WHERE id IS NOT NULL AND k IN ('skipped', 'attempt', 'delivered', 'dead', 'rejected', 'redriven', 'replayed')
  GROUP BY id, d, m`;

export interface ListFilter {
  readonly outcomes: readonly string[];
  readonly reasons: readonly string[];
  readonly sources: readonly string[];
  readonly events: readonly string[];
  readonly destinations: readonly string[];
}

/** Events by how they stand now, the newest first. */
export function standings({ source }: Dialect, span: Span, filter: ListFilter, limit: number): string {
  const kinds = filter.outcomes.map((outcome) =>
    outcome === 'waiting' ? ['attempt', 'redriven', 'replayed'] : [outcome],
  );
  const conditions = [
    ...(kinds.length > 0 ? [inList('k', kinds.flat())] : []),
    ...(filter.reasons.length > 0 ? [inList('r', filter.reasons)] : []),
    ...(filter.sources.length > 0 ? [inList('s', filter.sources)] : []),
    ...(filter.events.length > 0 ? [inList('e', filter.events)] : []),
    ...(filter.destinations.length > 0 ? [inList('d', filter.destinations)] : []),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return `SELECT * FROM (${places(source(span))}) AS places ${where} ORDER BY t DESC, id LIMIT ${limit}`;
}

/** How many receipts there are, by day, source, event name, destination, step and reason. Adding up, not telling apart: as metrics do. */
export const counts = ({ source }: Dialect, span: Span, unitMs: number): string => `
  SELECT CAST(floor(t / ${unitMs}.0) AS bigint) AS unit, s, e, d, k, r,
    CAST(sum(coalesce(w, 1)) AS bigint) AS total
  FROM ${source(span)} AS receipts
  GROUP BY 1, 2, 3, 4, 5, 6`;

/** Deliveries that were told more than once: a lost answer, or a message that came again. */
export const repeats = ({ source }: Dialect, span: Span, unitMs: number): string => `
  SELECT unit, s, e, d, CAST(sum(times - 1) AS bigint) AS total FROM (
    SELECT CAST(floor(max(t) / ${unitMs}.0) AS bigint) AS unit, s, e, d, m, id, count(*) AS times
    FROM ${source(span)} AS receipts WHERE k = 'delivered' GROUP BY s, e, d, m, id HAVING count(*) > 1
  ) AS twice GROUP BY 1, 2, 3, 4`;

/** Milliseconds from receiving an event to its delivery. */
export const latencies = ({ source, median, percentile95 }: Dialect, span: Span, unitMs: number): string => `
  SELECT CAST(floor(t / ${unitMs}.0) AS bigint) AS unit, s, e, d,
    CAST(${median('t - a')} AS bigint) AS p50, CAST(${percentile95('t - a')} AS bigint) AS p95
  FROM ${source(span)} AS receipts WHERE k = 'delivered' GROUP BY 1, 2, 3, 4`;

/** Deliveries by the match keys that were sent, of those that were looked at. */
export const coverage = ({ source }: Dialect, span: Span, unitMs: number): string => `
  SELECT CAST(floor(t / ${unitMs}.0) AS bigint) AS unit, s, e, d, mk, count(*) AS total
  FROM ${source(span)} AS receipts WHERE k = 'delivered' AND mk IS NOT NULL GROUP BY 1, 2, 3, 4, 5`;

/** Ids of events that were taken in before a time and have not ended everywhere. */
export function openEvents({ source }: Dialect, span: Span, before: number, limit: number): string {
  const from = source(span);
  return `
    SELECT id FROM (
      SELECT id,
        min(CASE WHEN k = 'accepted' OR (k = 'redriven' AND d IS NULL) THEN t END) AS taken,
        min(t) AS first,
        max(CASE WHEN k = 'erased' THEN 1 ELSE 0 END) AS erased
      FROM ${from} AS receipts WHERE id IS NOT NULL GROUP BY id
    ) AS events
    LEFT JOIN (
      SELECT id AS ended_id,
        sum(CASE WHEN k IN ('skipped', 'delivered', 'dead') THEN 1 ELSE 0 END) AS ended,
        sum(CASE WHEN k IN ('attempt', 'redriven', 'replayed') AND d IS NOT NULL THEN 1 ELSE 0 END) AS waiting
      FROM (${places(from)}) AS places GROUP BY id
    ) AS ends ON id = ended_id
    WHERE erased = 0 AND coalesce(taken, first) <= ${before}
      AND (coalesce(waiting, 0) > 0 OR (taken IS NOT NULL AND coalesce(ended, 0) = 0))
    ORDER BY first LIMIT ${limit}`;
}

/** Events with an end that no receipt says were taken in: what a function that died had not yet written. */
export const unannounced = ({ source }: Dialect, span: Span): string => `
  SELECT count(*) AS total FROM (
    SELECT id FROM ${source(span)} AS receipts WHERE id IS NOT NULL GROUP BY id
    HAVING max(CASE WHEN k IN ('accepted', 'rejected', 'redriven', 'erased') THEN 1 ELSE 0 END) = 0
      AND min(a) >= ${span.from}
  ) AS events`;

/** Place in the past that a reader has come to: the events of one moment have an order by their id. */
export interface Place {
  readonly t: number;
  readonly id: string;
}

/** Segment events that were accepted in a span, in the order in which they came, each once. */
export function acceptedEvents(
  { source }: Dialect,
  span: Span,
  names: readonly string[],
  after: Place | undefined,
  limit: number,
): string {
  const named = names.length === 0 ? '' : `AND ${inList('e', names)}`;
  const rest = after === undefined ? '' : `WHERE t > ${after.t} OR (t = ${after.t} AND id > ${quoted(after.id)})`;
  return `
    SELECT * FROM (
      SELECT id, min(t) AS t, min_by(s, t) AS s, min_by(ev, t) AS ev
      FROM ${source(span)} AS receipts WHERE k = 'accepted' ${named} GROUP BY id
    ) AS events ${rest} ORDER BY t, id LIMIT ${limit}`;
}
