import type { Bundle } from '../../build/bundles.ts';
import { openDuckDb } from '../../commands/events/duckdb-store.ts';
import { readStats, type Totals } from '../../commands/events/read-stats.ts';
import { openEvents } from '../../commands/events/record-queries.ts';
import { recordFolder } from '../../local/runtime/local-record.ts';
import { startChaosPipeline } from './chaos-pipeline.ts';
import type { Expected } from './event-kinds.ts';
import { Evidence } from './evidence.ts';
import { judgeExpectations } from './expectations.ts';
import { type Ledger, ledger } from './ledger.ts';
import type { ChaosOptions } from './options.ts';
import { expectedOf, planEvents } from './plan-events.ts';
import type { Scenario } from './scenario.ts';
import { judgeCheck, judgeRecord, judgeTotals, readRecordOf } from './record-ledger.ts';
import { seededRandom } from './seeded-random.ts';
import { runSteps } from './steps.ts';

/** How one scenario ended. */
export interface ScenarioResult {
  readonly ledger: Ledger;
  /** Faults that happened, and what they led to, by name. */
  readonly faults: ReadonlyMap<string, number>;
  readonly graphRequests: number;
  /** Measures that the scenario expects something of. */
  readonly measured: readonly string[];
  /** Expectations beside the balance that did not come true. */
  readonly unmet: readonly string[];
  readonly seconds: number;
}

/**
 * Runs the whole pipeline on this machine, lets the scenario's faults loose on it, waits until nothing is owed or the time
 * is up, and settles the accounts from what was seen outside of the pipeline.
 *
 * @param directory for files that nobody needs afterwards
 * @throws Error when the pipeline cannot be started, or refuses what it must not
 */
export async function runScenario(
  scenario: Scenario,
  options: ChaosOptions,
  bundles: readonly Bundle[],
  directory: string,
): Promise<ScenarioResult> {
  const startedAt = Date.now();
  const random = seededRandom(options.seed);
  const events = planEvents(scenario.events ?? options.events, scenario.mix, random);
  const leak = options.leak ? events.find(({ kind }) => kind === 'good')?.id : undefined;
  const evidence = new Evidence(scenario.destinations);
  const sent = new Map<string, Expected>();
  const acceptedAt = new Map<string, number>();

  await using stack = new AsyncDisposableStack();
  const pipeline = await startChaosPipeline({ scenario, events, evidence, random, leak, bundles, directory }, stack);
  const signal = AbortSignal.timeout(options.timeoutSeconds * 1_000);
  const { firstDrainAt, problems } = await runSteps(scenario.steps, {
    pipeline,
    events,
    evidence,
    sent,
    signal,
    outageMs: options.outageSeconds * 1_000,
    sender: {
      url: pipeline.url,
      writeKey: pipeline.writeKey,
      perRequest: scenario.perRequest,
      signal,
      onAnswered(answered, at) {
        for (const event of answered) {
          sent.set(event.id, expectedOf(event));
          acceptedAt.set(event.id, at);
        }
      },
      onFailed: (failed) => evidence.notAnswered(failed.map(({ id }) => id)),
    },
  });
  await pipeline.readLeftovers();
  const graphRequests = pipeline.graphRequests();
  const record = readRecordOf(recordFolder(directory));
  const { totals, open } = await askRecord(recordFolder(directory));
  const books = ledger(sent, evidence);
  const recordOff = [
    ...judgeRecord(record.receipts, sent, evidence),
    ...judgeTotals(totals, evidence.metrics),
    ...judgeCheck(open, record.receipts),
  ];
  const { measured, unmet } = judgeExpectations(scenario, { graphRequests, evidence, acceptedAt, firstDrainAt });
  return {
    ledger: { ...books, discrepancies: [...books.discrepancies, ...recordOff] },
    faults: evidence.faults,
    graphRequests,
    measured,
    unmet: [...problems, ...unmet],
    seconds: (Date.now() - startedAt) / 1_000,
  };
}

const mostOpen = 100_000;

/** Answers of `events stats` and `events check` about a record. */
async function askRecord(folder: string): Promise<{ readonly totals: Totals; readonly open: ReadonlySet<string> }> {
  const store = openDuckDb(folder);
  const span = { from: 0, to: Date.now() + 60_000 };
  const { totals } = await readStats(store, span, 'hour');
  const rows = await store.query(openEvents(store.dialect, span, span.to, mostOpen));
  await store.close();
  return { totals, open: new Set(rows.map(({ id }) => String(id))) };
}
