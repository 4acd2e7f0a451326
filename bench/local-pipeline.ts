import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sentId } from './graph-stand-in.ts';
import { orderCompleted } from './order-completed.ts';
import { type StandIn, startStandIn } from './start-stand-in.ts';

const root = resolve(import.meta.dirname, '..');
const latencyMs = 150;
/** As large as a request may be, and as many as a few busy senders have under way. */
const ordersPerRequest = 300;
const senders = 8;
const patienceMs = 170_000;

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
export const takeAndDeliver = (events: number): Promise<PipelineFigures> =>
  withPipeline(async (url, standIn) => {
    const bodies = bodiesOf(events, 'order');
    const startedAt = performance.now();
    const sent = post(url, bodies).then((answers) => ({ answers, takenSeconds: secondsSince(startedAt) }));
    const [{ answers, takenSeconds }, counts] = await Promise.all([sent, arrived(standIn, events)]);
    // The stand-in counts a request when it has come, and answers it later.
    const seconds = secondsSince(startedAt) + latencyMs / 1_000;
    const medianMs = percentile(answers.latenciesMs, 0.5);
    const { requests, connections, mostAtOnce } = counts;
    return { takenSeconds, seconds, medianMs, turnedAway: answers.turnedAway, requests, connections, mostAtOnce };
  });

/** Milliseconds from the moment an event is sent to the endpoint until the Graph API has it. */
export interface Latency {
  readonly eventsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends events evenly, one a request, at each rate for some seconds. */
export const deliveryLatencies = (rates: readonly number[], seconds: number): Promise<Latency[]> =>
  withPipeline(async (url, standIn) => {
    const latencies: Latency[] = [];
    for (const eventsPerSecond of rates) {
      const events = eventsPerSecond * seconds;
      const [, { latenciesMs }] = await Promise.all([
        sendEvenly(url, events, eventsPerSecond),
        arrived(standIn, events),
      ]);
      latencies.push({ eventsPerSecond, p50: percentile(latenciesMs, 0.5), p99: percentile(latenciesMs, 0.99) });
    }
    return latencies;
  });

export interface DrainFigures {
  /** Until the last event was taken, while Meta was down. */
  readonly takenSeconds: number;
  /** From when Meta answers again until half of them, and the last one, had arrived. */
  readonly halfSeconds: number;
  readonly seconds: number;
}

/** Takes events while the Graph API is down, and lets them go. */
export const drain = (events: number): Promise<DrainFigures> =>
  withPipeline(async (url, standIn) => {
    await standIn.close();
    const startedAt = performance.now();
    await post(url, bodiesOf(events, 'waiting'));
    const takenSeconds = secondsSince(startedAt);
    await standIn.open();
    const openedAt = performance.now();
    const { halfAt } = await arrived(standIn, events);
    return { takenSeconds, halfSeconds: (halfAt - openedAt) / 1_000, seconds: secondsSince(openedAt) };
  });

/** Runs `npm start` on a folder of its own, warm and beside a stand-in, for as long as `use` takes. */
async function withPipeline<Result>(use: (url: string, standIn: StandIn) => Promise<Result>): Promise<Result> {
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
    return await use(url, standIn);
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    rmSync(state, { recursive: true, force: true });
  }
}

/** The value that so much of all values are not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
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

const headers = { authorization: `Basic ${btoa('local-write-key:')}`, 'content-type': 'application/json' };

/** Sends each order at its time, whether those before were answered or not. */
async function sendEvenly(url: string, events: number, perSecond: number): Promise<void> {
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  for (let index = 0; index < events; index++) {
    const waitMs = startedAt + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    const now = new Date();
    const order = { ...orderCompleted(index, now), messageId: sentId(now.getTime(), index) };
    answers.push(sendUntilTaken(url, JSON.stringify(order)));
  }
  await Promise.all(answers);
}

/** Comes again when it is asked to, or gets no answer, as the libraries do: that is part of the time until delivery. */
async function sendUntilTaken(url: string, body: string): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const response = await fetch(`${url}/v1/track`, { method: 'POST', headers, body }).catch(() => undefined);
    await response?.text();
    if (response?.status === 200) return;
    if (response !== undefined && response.status !== 503) throw new Error(`The endpoint answered ${response.status}.`);
    await sleep(1_000 * Number(response?.headers.get('retry-after') ?? 1));
  }
  throw new Error('The endpoint took no event for too long.');
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
        headers,
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
  let [requests, connections, mostAtOnce, delivered, halfAt] = [0, 0, 0, 0, 0];
  const latenciesMs: number[] = [];
  while (delivered < events) {
    if (performance.now() > until) throw new Error(`Only ${delivered} of ${events} events arrived.`);
    await sleep(20);
    const counts = await standIn.counts();
    delivered += counts.events;
    if (halfAt === 0 && delivered >= events / 2) halfAt = performance.now();
    latenciesMs.push(...counts.latenciesMs);
    requests += counts.requests;
    connections += counts.connections;
    mostAtOnce = Math.max(mostAtOnce, counts.mostAtOnce);
  }
  return { requests, connections, mostAtOnce, halfAt, latenciesMs };
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
