import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readReceipts } from '../../shared/record/read-receipts.ts';
import type { Receipt } from '../../shared/record/receipt.ts';
import { isOpen, timelinesOf, type Timeline } from '../../shared/record/timeline.ts';
import type { Expected } from './event-kinds.ts';
import { type DestinationEvidence, type Evidence, type MetricCounts, metricNames } from './evidence.ts';
import type { Discrepancy } from './ledger.ts';

/** Receipts of all files of a record, the one that is being filled included. */
export function readRecordOf(folder: string): { readonly receipts: readonly Receipt[]; readonly unread: number } {
  const texts = globSync('day=*/hour=*/*.{ndjson,ndjson.gz}', { cwd: folder }).map((file) => {
    const bytes = readFileSync(resolve(folder, file));
    return String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  });
  return readReceipts(texts.join(''));
}

/** Holds the sums of the record against those of the functions' metrics. */
export const judgeTotals = (totals: MetricCounts, metrics: MetricCounts): Discrepancy[] =>
  metricNames.flatMap((name) => {
    const problem = `record: stats count ${totals[name]} ${name}, the metrics ${metrics[name]}`;
    return totals[name] === metrics[name] ? [] : [{ destination: 'stats', id: '?', problem }];
  });

/**
 * Holds what `events check` lists against the timelines: every event that has not come to its end, and no other.
 *
 * @param listed ids of the events that it lists
 */
export function judgeCheck(listed: ReadonlySet<string>, receipts: readonly Receipt[]): Discrepancy[] {
  return timelinesOf(receipts).flatMap((timeline) => {
    const { messageId: id } = timeline;
    const problem = isOpen(timeline) ? 'check does not list it' : 'check lists it, though it has ended';
    return isOpen(timeline) === listed.has(id) ? [] : [{ destination: 'check', id, problem: `record: ${problem}` }];
  });
}

type End = 'delivered' | 'dead' | 'skipped' | 'open';

/**
 * Holds the record against what was seen outside of the pipeline: every accepted event has one end at each destination and
 * mapping, and it is the true one; what is lost or waits has none.
 *
 * @param sent what must become of each event that was answered with 200, by event id
 */
export function judgeRecord(
  receipts: readonly Receipt[],
  sent: ReadonlyMap<string, Expected>,
  evidence: Evidence,
): Discrepancy[] {
  const timelines = new Map(timelinesOf(receipts).map((timeline) => [timeline.messageId, timeline]));
  const accepted = [...sent].filter(([, { outcome }]) => outcome !== 'rejected');
  return [...evidence.destinations].flatMap(([destination, seen]) =>
    accepted.flatMap(([id, expected]) => {
      const timeline = timelines.get(id);
      const off = (problem: string): Discrepancy[] => [{ destination, id, problem: `record: ${problem}` }];
      if (timeline?.acceptedAt === undefined) return off('never accepted');
      const ends = timeline.final.filter((end) => end.destination === destination);
      const twice = ends.find((end, index) => ends.slice(0, index).some(({ mapping }) => mapping === end.mapping));
      if (twice !== undefined) return off('two ends of one mapping');
      const told = toldEnd(timeline, destination);
      const seenAs = seenEnd(id, expected, seen, evidence);
      // A copy of it is still on the queue, whatever became of the others; SQS itself moves what came too often.
      const isExcused =
        told === 'open' && (seen.waiting.has(id) || (seen.letters.get(id) ?? []).includes('received_too_often'));
      return told === seenAs || isExcused ? [] : off(`${told}, seen ${seenAs}`);
    }),
  );
}

function toldEnd({ final, open }: Timeline, destination: string): End {
  const outcomes = new Set(final.filter((end) => end.destination === destination).map(({ outcome }) => outcome));
  if (outcomes.has('delivered')) return 'delivered';
  if (open.some((place) => place.destination === destination)) return 'open';
  return outcomes.has('dead') ? 'dead' : outcomes.has('skipped') ? 'skipped' : 'open';
}

function seenEnd(id: string, expected: Expected, seen: DestinationEvidence, { handled }: Evidence): End {
  if (seen.arrivals.has(id)) return 'delivered';
  if (seen.letters.has(id)) return 'dead';
  const isSkipped = expected.outcome === 'skipped' && handled.has(id) && !seen.waiting.has(id);
  return isSkipped ? 'skipped' : 'open';
}
