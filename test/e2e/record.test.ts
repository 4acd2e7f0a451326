import { spawn } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingGraph, startCountingGraph } from './support/counting-graph.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');
const state = temporaryDirectory();
let graph: CountingGraph;
let pipeline: Pipeline;

beforeAll(async () => {
  graph = await startCountingGraph((ids, _, response) => {
    if (!ids.includes('order-1002')) return false;
    response.writeHead(400);
    response.end(JSON.stringify({ error: { message: 'Invalid parameter', code: 100, error_subcode: 2804050 } }));
    return true;
  });
  pipeline = await startPipeline({
    stateDirectory: state.path,
    env: { GRAPH_API_URL: graph.url, MAX_RETRY_DELAY_SECONDS: '2' },
  });
});

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
});

/** Starts `npm run events -- <args>` beside the pipeline. */
function startEvents(...args: string[]) {
  const { port } = new URL(pipeline.url);
  const command = ['--import', './build/require-node.mjs', 'commands/cli.ts', 'events', ...args, '--port', port];
  return spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Answer of `--json`: its form is what is tested. */
// biome-ignore lint/suspicious/noExplicitAny: a user's script reads it without types as well
type Answer = any;

async function events(...args: string[]): Promise<{ code: number | null; answer: Answer }> {
  const child = startEvents(...args, '--json');
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const out = String(Buffer.concat(chunks));
  return { code, answer: out === '' ? undefined : JSON.parse(out) };
}

const order = (messageId: string, person = 'jane') => ({
  type: 'track',
  event: 'Order Completed',
  messageId,
  userId: `${person}-4711`,
  properties: { revenue: 10, currency: 'EUR', order_id: `A-${messageId}` },
  context: {
    userAgent: 'Mozilla/5.0',
    page: { url: 'https://shop.example/' },
    traits: { email: `${person}@example.com`, phone: '+49 170 1234567' },
  },
});

async function send(...batch: unknown[]): Promise<void> {
  const response = await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('local-write-key:')}` },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
}

const quiet = () =>
  eventually('the end of every event', async () => ((await events('check')).code === 0 ? true : undefined), 40_000);

describe('npm run events', () => {
  it('answers what became of each event, as JSON', async () => {
    await send(order('order-1001'), order('order-1002'), {
      type: 'identify',
      messageId: 'login-1',
      userId: 'jane-4711',
    });
    await quiet();

    const good = await events('find', 'order-1001');
    expect(good.code).toBe(0);
    expect(good.answer).toEqual({
      events: [
        expect.objectContaining({
          messageId: 'order-1001',
          final: [{ destination: 'main', mapping: 'Purchase', outcome: 'delivered', reason: null }],
          now: 'delivered',
        }),
      ],
    });
    expect(good.answer.events[0].receipts.map(({ step }: { step: string }) => step)).toEqual(['accepted', 'delivered']);
    const bad = await events('find', '--order-id', 'A-order-1002');
    expect(bad.answer.events).toMatchObject([
      {
        messageId: 'order-1002',
        final: [{ destination: 'main', mapping: 'Purchase', outcome: 'dead', reason: 'meta_rejected' }],
        now: 'in the dead letter queue',
      },
    ]);
    const ofJane = await events('find', '--email', 'JANE@example.com');
    expect(ofJane.answer.events.map(({ messageId }: { messageId: string }) => messageId).toSorted()).toEqual([
      'order-1001',
      'order-1002',
    ]);
    const dead = await events('list', '--outcome', 'dead', '--since', '1h');
    expect(dead.answer.events).toMatchObject([{ messageId: 'order-1002', outcome: 'dead', reason: 'meta_rejected' }]);
    const { answer } = await events('stats', '--by', 'hour');
    expect(answer.totals).toMatchObject({ accepted: 3, delivered: 1, dead: 1 });
    expect((await events('check')).answer).toEqual({ open: [], withoutAcceptance: 0, receivedTooOften: 0 });
  });

  it('says that an event waits, and where', async () => {
    graph.setDown(true);
    await send(order('order-1003', 'ann'));
    const timeline = await eventually('a first try', async () => {
      const [found] = (await events('find', 'order-1003')).answer.events;
      return found?.waiting.length > 0 ? found : undefined;
    });
    const { code, answer } = await events('check');
    graph.setDown(false);

    // The refused order is dead, and the others have arrived.
    expect(timeline).toMatchObject({ final: [], now: 'on the events queue' });
    expect([code, answer.open.map(({ messageId }: { messageId: string }) => messageId)]).toEqual([1, ['order-1003']]);
    await quiet();
  });

  it('sends a past time again without what Meta took, and comes to the same when it is killed ten times', async () => {
    const before = new Map(graph.times);
    const ids = Array.from({ length: 1_000 }, (_, number) => `past-${number}`);
    await send(...ids.slice(0, 500).map((id) => order(id, 'joe')));
    await send(...ids.slice(500).map((id) => order(id, 'joe')));
    await quiet();
    const wanted = ['replay', '--from', '1h', '--accept-duplicates', '--rate', '400', '--yes'];
    const taken = new Map(graph.times);
    const without = await events('replay', '--from', '1h', '--yes');
    await quiet();
    // The one that was refused is tried again.
    expect(without.answer).toMatchObject({ sent: 1, finished: true, forecast: { taken: 1_002, send: 1 } });
    expect(graph.times).toEqual(taken);

    for (let kill = 0; kill < 10; kill++) {
      const child = startEvents(...wanted);
      const ended = new Promise((done) => child.once('close', done));
      await Promise.race([sleep(1_600 + 150 * kill), ended]);
      child.kill('SIGKILL');
      await ended;
    }
    const last = await events(...wanted);
    await quiet();

    expect(last).toMatchObject({ code: 0, answer: { finished: true } });
    const again = ids.map((id) => (graph.times.get(id) ?? 0) - (before.get(id) ?? 0));
    // Once when it came and once by the replay, and no more than a step of each kill over that.
    expect(again.filter((times) => times < 2)).toEqual([]);
    expect(new Set(graph.times.keys())).toEqual(new Set([...before.keys(), ...ids]));
  }, 170_000);

  it('leaves nothing of an erased person in any file, and everybody else as before', async () => {
    const people = Array.from({ length: 40 }, (_, number) => `other${number}`);
    await send(...people.flatMap((person) => [order(`${person}-a1`, person), order(`${person}-b2`, person)]));
    await quiet();
    const traces = tracesOf('jane-4711', 'jane@example.com');
    expect(traces.filter((trace) => filesHolding(trace).length > 0).length).toBeGreaterThan(0);
    const before = await countsOf(people);

    const { code, answer } = await events('erase', '--user-id', 'jane-4711', '--email', 'jane@example.com', '--yes');

    expect([code, answer.complete, answer.found]).toEqual([0, true, 0]);
    expect(answer.deadLetters.events).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toMatch(/jane/i);
    expect(traces.flatMap((trace) => filesHolding(trace).map((file) => `${trace} in ${file}`))).toEqual([]);
    expect(await countsOf(people)).toEqual(before);
    expect((await events('find', '--email', 'jane@example.com')).answer).toEqual({ events: [] });
  });
});

const countsOf = async (people: readonly string[]): Promise<unknown> => {
  const found = await Promise.all(
    people.slice(0, 3).map(async (person) => (await events('find', '--user-id', `${person}-4711`)).answer.events),
  );
  return found.map((all) => all.map(({ messageId, final }: Answer) => [messageId, final]).toSorted());
};

/** A person's identifiers in the plain and as digests that Meta takes, in every form that a file may hold them. */
const tracesOf = (...texts: readonly string[]): string[] =>
  texts.flatMap((text) => {
    const hex = hash('sha256', text);
    const plain = [text, text.toUpperCase(), encodeURIComponent(text), btoa(text).replace(/=+$/, '')];
    return [...new Set(plain), hex, hex.toUpperCase(), Buffer.from(hex, 'hex').toString('base64')];
  });

/** Files of the state folder that hold a text, compressed ones included, and messages within messages. */
function filesHolding(text: string): string[] {
  return globSync('**/*', { cwd: state.path }).filter((file) => {
    const path = resolve(state.path, file);
    // The functions' code is no data.
    if (file.startsWith('bundles') || !statSync(path).isFile()) return false;
    const bytes = readFileSync(path);
    const contents = String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    const packed = [...contents.matchAll(/H4sI[\w+/=]{20,}/g)].map(([base64]) => unpacked(base64));
    return [contents, ...packed].some((each) => each.includes(text));
  });
}

function unpacked(base64: string): string {
  try {
    return String(gunzipSync(Buffer.from(base64, 'base64')));
  } catch {
    return '';
  }
}
