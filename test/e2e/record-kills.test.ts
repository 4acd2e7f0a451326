import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../build/bundles.ts';
import { writeBundles } from '../../build/write-bundles.ts';
import { openDuckDb } from '../../commands/events/duckdb-store.ts';
import { readStats, type Totals } from '../../commands/events/read-stats.ts';
import { unannounced } from '../../commands/events/record-queries.ts';
import { startHttpApi } from '../../local/emulators/http-api/http-api.ts';
import { type Backend, startBackend } from '../../local/runtime/backend.ts';
import { recordFolder } from '../../local/runtime/local-record.ts';
import { chaosConfig, writeKey } from '../chaos/chaos-config.ts';
import { acceptedIn } from '../chaos/chaos-pipeline.ts';
import { readRecordOf } from '../chaos/record-ledger.ts';
import { seededRandom } from '../chaos/seeded-random.ts';
import { type CountingGraph, startCountingGraph } from './support/counting-graph.ts';
import { eventually, temporaryDirectory } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');
const state = temporaryDirectory();
const stack = new AsyncDisposableStack();
const metrics = { accepted: 0, delivered: 0, skipped: 0, dead: 0 };
let graph: CountingGraph;
let backend: Backend;
let url: string;

beforeAll(async () => {
  graph = await startCountingGraph();
  stack.defer(() => graph.close());
  const config = chaosConfig(['main']);
  const bundles = resolve(state.path, 'bundles');
  writeBundles(bundles, await buildBundles(root), config);
  backend = await startBackend(
    {
      ...{ port: 0, writeKey, writeKeyHash: '', graphApiUrl: graph.url, accessToken: 'token', datasetId: '' },
      ...{ configFile: undefined, maxRetryDelaySeconds: 1, stateDirectory: state.path, recordLevel: 'receipts' },
      endpointUrl: undefined,
    },
    config,
    bundles,
    {
      onBatch({ delivered, skipped, dead }) {
        metrics.delivered += delivered;
        metrics.skipped += skipped;
        metrics.dead += dead;
      },
      onLog: (line) => (metrics.accepted += acceptedIn(line)),
      onError: () => {},
    },
    stack,
  );
  const http = await startHttpApi({ port: 0, invoke: backend.ingest.invoke });
  stack.defer(() => http.close());
  ({ url } = http);
}, 60_000);

afterAll(async () => {
  await stack.disposeAsync();
  state.remove();
});

/** Sends a request of orders once. @returns whether it was answered with 200 */
async function send(ids: readonly string[], event = 'Order Completed'): Promise<boolean> {
  const batch = ids.map((messageId) => ({
    ...{ type: 'track', event, messageId, userId: messageId },
    properties: { revenue: 10, currency: 'EUR' },
    context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' } },
  }));
  const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}` };
  const response = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
  await response.text();
  return response.status === 200;
}

const drained = () =>
  eventually('an empty queue', () => {
    const { visible, inFlight, delayed } = backend.counts('events');
    return visible + inFlight + delayed === 0 ? true : undefined;
  });

async function ask(): Promise<{ readonly totals: Totals; readonly perHour: readonly Totals[]; unannounced: number }> {
  const store = openDuckDb(recordFolder(state.path));
  const span = { from: Date.now() - 86_400_000, to: Date.now() };
  try {
    const { totals, rows } = await readStats(store, span, 'hour');
    const [missing] = await store.query(unannounced(store.dialect, span));
    return { totals, perHour: rows, unannounced: Number(missing?.['total']) };
  } finally {
    await store.close();
  }
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${name}-${at}`);

describe('the record', () => {
  it('adds up to what the metrics of both functions say, in its hours as in all', async () => {
    await Promise.all(numbered('order', 8).map((name) => send(numbered(name, 25))));
    await send(numbered('unmapped', 30), 'Something Else');
    await drained();
    await eventually('every line of the log', () =>
      metrics.accepted === 230 && metrics.delivered + metrics.skipped === 230 ? true : undefined,
    );

    const { totals, perHour } = await ask();

    expect(totals).toMatchObject(metrics);
    expect(metrics).toEqual({ accepted: 230, delivered: 200, skipped: 30, dead: 0 });
    const sum = (name: keyof typeof metrics) => perHour.reduce((all, row) => all + row[name], 0);
    expect([sum('accepted'), sum('delivered'), sum('skipped'), sum('dead')]).toEqual([230, 200, 30, 0]);
  });

  // elastic/apm-aws-lambda#360: what was told of an invocation that was killed was dropped, and nobody saw that it was missing.
  it('misses receipts of those invocations of ingest only that were killed, and counts them', async () => {
    const random = seededRandom(17);
    const answered: string[] = [];
    const unanswered: string[] = [];
    let kills = 0;
    let isSending = true;
    const killing = (async () => {
      while (isSending && kills < 12) {
        await sleep(5 + 60 * random());
        if (backend.ingest.killOne()) kills++;
      }
    })();
    for (let round = 0; round < 100; round++) {
      const requests = numbered(`killed-${round}`, 4).map((name) => numbered(name, 50));
      await Promise.all(requests.map(async (ids) => ((await send(ids)) ? answered : unanswered).push(...ids)));
      if (kills >= 12) break;
    }
    isSending = false;
    await killing;
    await drained();
    const { receipts } = readRecordOf(recordFolder(state.path));
    const told = await ask();

    const accepted = new Set(receipts.flatMap((receipt) => (receipt.k === 'accepted' ? [receipt.id] : [])));
    const untold = [...graph.times.keys()].filter((id) => !accepted.has(id));
    expect(kills).toBeGreaterThan(0);
    expect(answered.filter((id) => !accepted.has(id) || !graph.times.has(id))).toEqual([]);
    expect(untold.filter((id) => !unanswered.includes(id))).toEqual([]);
    expect(untold.length).toBeLessThanOrEqual(50 * kills);
    expect(told.unannounced).toBe(untold.length);
  }, 60_000);
});
