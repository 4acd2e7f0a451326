import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../chaos/seeded-random.ts';
import { type CountingGraph, startCountingGraph } from './support/counting-graph.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');
const state = temporaryDirectory();
const own = temporaryDirectory();
const file = resolve(own.path, 'config.ts');
/** Times that each dataset took each event, by `<dataset> <event id>`, whether the answer arrived or not. */
const taken = new Map<string, number>();
/** Requests to the first dataset that each event was in. */
const seen = new Map<string, number>();
/** Of the requests to the first dataset, the first of each five fails, and of the second the answer is lost. */
let requests = 0;
let graph: CountingGraph;
let pipeline: Pipeline;

const config = (destinations: readonly string[]): string => `
  import { defineConfig } from '${root}/shared/config/define-config.ts';
  const mappings = [{ name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } }];
  export default defineConfig({
    sources: { shop: { writeKeyHashes: ['${hash('sha256', 'shop-key')}'], destinations: ${JSON.stringify(destinations)} } },
    destinations: {${destinations.map((name) => `${name}: { datasetId: '${datasets[name]}', accessTokenSecret: 'conversions/test/${name}', mappings },`).join('')}},
  });`;
const datasets: Readonly<Record<string, string>> = { main: '111000', second: '222000' };

/** As editors write: another file, put in the place of the first. */
function save(text: string): void {
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
}

beforeAll(async () => {
  save(config(['main']));
  graph = await startCountingGraph((ids, { url = '' }, response) => {
    const dataset = url.split('/')[2] ?? '';
    if (dataset === datasets['main']) for (const id of ids) seen.set(id, (seen.get(id) ?? 0) + 1);
    const refused = ids.find((id) => id.startsWith('refused-'));
    if (refused !== undefined) {
      const error = { message: 'Invalid parameter', code: 100, error_subcode: 2804050 };
      response.writeHead(400).end(JSON.stringify({ error }));
      return true;
    }
    const turn = dataset === datasets['main'] ? requests++ % 5 : -1;
    if (turn === 0) {
      response.writeHead(503).end(JSON.stringify({ error: { message: 'Later.', code: 2, is_transient: true } }));
      return true;
    }
    for (const id of ids) taken.set(`${dataset} ${id}`, (taken.get(`${dataset} ${id}`) ?? 0) + 1);
    if (turn !== 1) return false;
    // It has the events, and nobody learns of it.
    response.socket?.resetAndDestroy();
    return true;
  });
  pipeline = await startPipeline({
    stateDirectory: state.path,
    env: { CONFIG: file, WRITE_KEY: 'shop-key', GRAPH_API_URL: graph.url, MAX_RETRY_DELAY_SECONDS: '1' },
  });
});

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
  own.remove();
});

/** Answer of `--json`: its form is what is tested. */
// biome-ignore lint/suspicious/noExplicitAny: a user's script reads it without types as well
type Answer = any;

/** Runs `npm run events -- <args> --json` beside the pipeline. */
async function events(...args: string[]): Promise<{ code: number | null; answer: Answer }> {
  const { port } = new URL(pipeline.url);
  const command = ['--import', './build/require-node.mjs', 'commands/cli.ts', 'events', ...args];
  const child = spawn(process.execPath, [...command, '--port', port, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const out = String(Buffer.concat(chunks));
  return { code, answer: out === '' ? undefined : JSON.parse(out) };
}

const call = (messageId: string) => ({
  ...{ type: 'track', event: 'Order Completed', messageId, userId: `user-of-${messageId}` },
  properties: messageId.startsWith('incomplete-') ? {} : { revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' } },
  ...(messageId.startsWith('unmapped-') && { event: 'Order Refunded' }),
});

async function send(ids: readonly string[]): Promise<void> {
  const response = await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('shop-key:')}` },
    body: JSON.stringify({ batch: ids.map(call) }),
  });
  expect(response.status).toBe(200);
}

const quiet = () =>
  eventually('the end of every event', async () => ((await events('check')).code === 0 ? true : undefined), 60_000);

const kinds = ['good', 'good', 'good', 'good', 'unmapped', 'incomplete', 'refused'];
const ids = Array.from({ length: 280 }, (_, number) => `${kinds[number % kinds.length]}-${number}`);

const endOf = (id: string): object => {
  const [kind = ''] = id.split('-');
  if (taken.has(`${datasets['main']} ${id}`)) return { outcome: 'delivered', reason: null };
  const ends: Readonly<Record<string, object>> = {
    unmapped: { outcome: 'skipped', reason: 'no_mapping_matches' },
    incomplete: { outcome: 'dead', reason: 'field_missing' },
    refused: { outcome: 'dead', reason: 'meta_rejected' },
  };
  return ends[kind] ?? { outcome: 'lost' };
};

describe('the record, held against who took the events', () => {
  // DataDog/serverless-plugin-datadog#257: of invocations with faults, other figures were told than what had happened.
  it('tells the true timeline of 50 events picked at random, after refusals, faults and lost answers', async () => {
    for (let start = 0; start < ids.length; start += 20) await send(ids.slice(start, start + 20));
    await quiet();
    const picked = shuffled(ids, seededRandom(17)).slice(0, 50);

    const { answer } = await events('find', ...picked.flatMap((id) => ['--event-id', id]));

    const told = new Map<string, Answer>(answer.events.map((timeline: Answer) => [timeline.messageId, timeline]));
    expect([...told.keys()].toSorted()).toEqual(picked.toSorted());
    expect(picked.map((id) => [id, told.get(id).final])).toEqual(
      picked.map((id) => [id, [expect.objectContaining({ destination: 'main', ...endOf(id) })]]),
    );
    const tries = (id: string): number =>
      told.get(id).receipts.filter(({ attempt, eventsInRequest = 0 }: Answer) => attempt > 0 && eventsInRequest > 0)
        .length;
    // A try may take several requests, until it is known which event one was refused for; none is told that was not made.
    expect(picked.filter((id) => tries(id) > (seen.get(id) ?? 0))).toEqual([]);
    expect(picked.filter((id) => tries(id) > 0 !== seen.has(id))).toEqual([]);
    expect(picked.filter((id) => tries(id) > 1).length).toBeGreaterThan(0);
    expect(picked.filter((id) => told.get(id).waiting.length > 0)).toEqual([]);
  }, 120_000);

  it('fills a new destination with the past, once, and sends nothing anywhere else', async () => {
    const before = new Map(taken);
    save(config(['main', 'second']));
    await eventually('the new configuration', () =>
      pipeline.output().includes('2 mappings in 2 destinations') ? true : undefined,
    );

    const first = await events('replay', '--from', '1h', '--destination', 'second', '--yes');
    await quiet();
    const again = await events('replay', '--from', '1h', '--destination', 'second', '--outcome', 'delivered', '--yes');
    await quiet();

    const wanted = ids.filter((id) => id.startsWith('good-'));
    expect([first.code, first.answer.finished, again.code]).toEqual([0, true, 0]);
    expect(wanted.filter((id) => taken.get(`${datasets['second']} ${id}`) !== 1)).toEqual([]);
    expect([...taken].filter(([key]) => key.startsWith('222000')).length).toBe(wanted.length);
    expect([...taken].filter(([key]) => key.startsWith('111000'))).toEqual([...before]);
    const { answer } = await events('find', wanted[0] ?? '');
    expect(answer.events[0].final).toEqual(
      ['main', 'second'].map((destination) => ({
        ...{ destination, mapping: 'Purchase', outcome: 'delivered', reason: null },
      })),
    );
  }, 120_000);
});
