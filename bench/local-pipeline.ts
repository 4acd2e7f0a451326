import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { orderCompleted } from './order-completed.ts';
import { type StandIn, startStandIn } from './start-stand-in.ts';

const root = resolve(import.meta.dirname, '..');
const latencyMs = 150;
/** As large as a request may be, and as many as a few busy senders have under way. */
const ordersPerRequest = 300;
const senders = 8;
const patienceMs = 120_000;

export interface PipelineFigures {
  /** Until the last order was answered 200. */
  readonly takenSeconds: number;
  /** Until the last one had arrived. */
  readonly seconds: number;
  /** Of the answers, in milliseconds. */
  readonly medianMs: number;
  /** Answers that asked the sender to come again. */
  readonly turnedAway: number;
  readonly requests: number;
  readonly connections: number;
  readonly mostAtOnce: number;
}

/**
 * How long `npm start` takes to bring orders from its endpoint to a Graph API that answers after 150 ms: endpoint, ingest,
 * queue, event source mapping and deliver functions as a user runs them, while several senders post as fast as they are
 * answered.
 */
export async function takeAndDeliver(events: number): Promise<PipelineFigures> {
  await using standIn = await startStandIn(latencyMs);
  const state = mkdtempSync(join(tmpdir(), 'bench-pipeline-'));
  const port = await freePort();
  const child = spawn(process.execPath, [resolve(root, 'local/start.ts')], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: String(port), LOCAL_STATE_DIRECTORY: state, GRAPH_API_URL: standIn.url },
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    await healthy(`${url}/health`);
    // The functions have started and are warm: what is measured is the work.
    await post(url, bodiesOf(warmUpEvents, 'warm'));
    await arrived(standIn, warmUpEvents);
    const bodies = bodiesOf(events, 'order');
    const startedAt = performance.now();
    const sent = post(url, bodies).then((answers) => ({ answers, takenSeconds: secondsSince(startedAt) }));
    const [{ answers, takenSeconds }, counts] = await Promise.all([sent, arrived(standIn, events)]);
    // The stand-in counts a request when it has come, and answers it later.
    const seconds = secondsSince(startedAt) + latencyMs / 1_000;
    const latencies = answers.latenciesMs.toSorted((a, b) => a - b);
    const medianMs = latencies[Math.floor(latencies.length / 2)] ?? 0;
    return { takenSeconds, seconds, medianMs, turnedAway: answers.turnedAway, ...counts };
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    rmSync(state, { recursive: true, force: true });
  }
}

const warmUpEvents = 4 * ordersPerRequest * senders;
const secondsSince = (at: number): number => (performance.now() - at) / 1_000;

function bodiesOf(events: number, name: string): string[] {
  const at = new Date();
  return Array.from({ length: Math.ceil(events / ordersPerRequest) }, (_, request) => {
    const first = request * ordersPerRequest;
    const count = Math.min(ordersPerRequest, events - first);
    const order = (index: number) => ({ ...orderCompleted(first + index, at), messageId: `${name}-${first + index}` });
    return JSON.stringify({ batch: Array.from({ length: count }, (_, index) => order(index)) });
  });
}

async function post(url: string, bodies: readonly string[]): Promise<{ latenciesMs: number[]; turnedAway: number }> {
  const owed = [...bodies];
  const latenciesMs: number[] = [];
  let turnedAway = 0;
  const sender = async (): Promise<void> => {
    for (let body = owed.pop(); body !== undefined; body = owed.pop()) {
      const startedAt = performance.now();
      const response = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('local-write-key:')}`, 'content-type': 'application/json' },
        body,
      });
      await response.text();
      latenciesMs.push(performance.now() - startedAt);
      if (response.status === 200) continue;
      if (response.status !== 503) throw new Error(`The endpoint answered ${response.status}.`);
      turnedAway++;
      owed.push(body);
      await sleep(1_000 * Number(response.headers.get('retry-after')));
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return { latenciesMs, turnedAway };
}

async function arrived(standIn: StandIn, events: number) {
  const until = performance.now() + patienceMs;
  let [requests, connections, mostAtOnce, delivered] = [0, 0, 0, 0];
  while (delivered < events) {
    if (performance.now() > until) throw new Error(`Only ${delivered} of ${events} events arrived.`);
    await sleep(20);
    const counts = await standIn.counts();
    delivered += counts.events;
    requests += counts.requests;
    connections += counts.connections;
    mostAtOnce = Math.max(mostAtOnce, counts.mostAtOnce);
  }
  return { requests, connections, mostAtOnce };
}

async function healthy(url: string): Promise<void> {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text();
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Error('The local pipeline did not become ready within 20 seconds.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
