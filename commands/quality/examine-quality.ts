import type { DestinationConfig } from '../../shared/config/config.ts';
import type { DestinationToken } from '../../shared/queue/ports.ts';
import type { AskRecord } from '../events/open-record.ts';
import { readStats } from '../events/read-stats.ts';
import { CommandError, type Problem } from '../kit/report-errors.ts';
import { bestKey } from './best-key.ts';
import { compareCounts } from './compare-counts.ts';
import type { OwnCoverage, Quality } from './quality-result.ts';
import { type QualityKind, readQuality } from './read-quality.ts';

const dayMs = 86_400_000;

export interface QualityQuestion {
  /** With its name. */
  readonly destination: readonly [string, DestinationConfig];
  readonly kind: QualityKind;
  /** Of our own receipts. */
  readonly days: number;
  readonly now: Date;
}

export interface QualitySources {
  readonly ask: AskRecord;
  readonly fetch: typeof globalThis.fetch;
  readonly graphApiUrl: string;
  /** Reads a secret. @throws Error that says what is wrong, with what to do where it is a CommandError */
  readonly tokenOf: (secret: string) => Promise<DestinationToken>;
}

/** Compares Meta's report on a dataset's events with our own coverage of each match key. What cannot be read is said, and no failure. */
export async function examineQuality(question: QualityQuestion, sources: QualitySources): Promise<Quality> {
  const { destination, kind } = question;
  const [name, { datasetId }] = destination;
  return {
    ...{ destination: name, datasetId, kind },
    ...(await ownOf(question, sources.ask)),
    changes: await changesOf(question.now.getTime(), sources.ask),
    ...(await metaOf(question, sources)),
  };
}

async function ownOf(
  { destination: [name], days, now }: QualityQuestion,
  ask: AskRecord,
): Promise<Pick<Quality, 'own' | 'ownProblem'>> {
  const span = { from: now.getTime() - days * dayMs, to: now.getTime() };
  try {
    const { rows } = await ask(({ store }) => readStats(store, span, 'day'));
    return { own: coverageOf(rows.filter(({ destination }) => destination === name)) };
  } catch (error) {
    return { own: [], ownProblem: problemOf(error) };
  }
}

/** Event names that fell or grew in the last closed hours; none where there is no record to compare with. */
async function changesOf(now: number, ask: AskRecord): Promise<Quality['changes']> {
  try {
    return await ask(({ store }) => compareCounts(store, now));
  } catch {
    return [];
  }
}

async function metaOf(
  { destination: [, { accessTokenSecret, datasetId, graphVersion }], kind }: QualityQuestion,
  { fetch, graphApiUrl, tokenOf }: QualitySources,
): Promise<Pick<Quality, 'meta' | 'metaProblem'>> {
  try {
    const { accessToken: token, appSecret } = await tokenOf(accessTokenSecret);
    const reading = await readQuality({ fetch, graphApiUrl, graphVersion, token, appSecret }, datasetId, kind);
    if (!reading.ok) return { meta: [], metaProblem: { reason: reading.problem.reason, fix: reading.problem.fix } };
    const meta = reading.events.map((event) => {
      const best = bestKey(event);
      return { ...event, ...(best !== undefined && { best }) };
    });
    return { meta };
  } catch (error) {
    return { meta: [], metaProblem: problemOf(error) };
  }
}

/** An error as its reason, and what to do next where it says so. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CommandError) return error.problem;
  return { reason: error instanceof Error ? error.message : String(error), fix: '' };
}

interface DeliveredRow {
  readonly event: string | null;
  readonly delivered: number;
  readonly matchKeys: Readonly<Record<string, number>>;
}

/** Rows of days as one by event name. */
export function coverageOf(rows: readonly DeliveredRow[]): OwnCoverage[] {
  return [...Map.groupBy(rows, ({ event }) => event ?? '(no name)')]
    .map(([event, group]) => {
      const delivered = group.reduce((sum, row) => sum + row.delivered, 0);
      const keys = new Map<string, number>();
      for (const row of group) {
        for (const [key, share] of Object.entries(row.matchKeys))
          keys.set(key, (keys.get(key) ?? 0) + share * row.delivered);
      }
      const shares = [...keys].map(([key, events]) => [key, delivered === 0 ? 0 : events / delivered] as const);
      return { event, delivered, matchKeys: Object.fromEntries(shares.toSorted(([, a], [, b]) => b - a)) };
    })
    .filter(({ delivered }) => delivered > 0)
    .toSorted((a, b) => b.delivered - a.delivered);
}
