import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queuedOrders } from './queued-orders.ts';
import { startStandIn } from './start-stand-in.ts';

const root = resolve(import.meta.dirname, '..');
const latencyMs = 150;
const entriesPerCall = 10;
const patienceMs = 120_000;

export interface DrainFigures {
  readonly messages: number;
  readonly seconds: number;
  readonly requests: number;
  readonly connections: number;
  readonly mostAtOnce: number;
}

/**
 * How long `npm start` takes to bring orders from a queue to a Graph API that answers after 150 ms: queue, event source
 * mapping and deliver functions as a user runs them, from the first message sent to the last event arrived.
 */
export async function drainQueue(events: number): Promise<DrainFigures> {
  await using standIn = await startStandIn(latencyMs);
  const state = mkdtempSync(join(tmpdir(), 'bench-pipeline-'));
  const port = await freePort();
  const child = spawn(process.execPath, [resolve(root, 'local/start.ts')], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: String(port), LOCAL_STATE_DIRECTORY: state, GRAPH_API_URL: standIn.url },
    stdio: 'ignore',
  });
  try {
    const { endpoints, queues } = await health(`http://127.0.0.1:${port}/health`);
    const bodies = queuedOrders(events);
    const startedAt = performance.now();
    await enqueue(bodies, endpoints.sqs, queues.events);
    let [requests, connections, mostAtOnce, delivered] = [0, 0, 0, 0];
    while (delivered < events) {
      if (performance.now() - startedAt > patienceMs) throw new Error(`Only ${delivered} of ${events} events arrived.`);
      await sleep(20);
      const counts = await standIn.counts();
      delivered += counts.events;
      requests += counts.requests;
      connections += counts.connections;
      mostAtOnce = Math.max(mostAtOnce, counts.mostAtOnce);
    }
    // The stand-in counts a request when it has come, and answers it later.
    const seconds = (performance.now() - startedAt + latencyMs) / 1_000;
    return { messages: bodies.length, seconds, requests, connections, mostAtOnce };
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    rmSync(state, { recursive: true, force: true });
  }
}

async function enqueue(bodies: readonly string[], endpoint: string, queueUrl: string): Promise<void> {
  const sqs = new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  for (let start = 0; start < bodies.length; start += entriesPerCall) {
    const Entries = bodies.slice(start, start + entriesPerCall).map((MessageBody, index) => ({
      Id: String(index),
      MessageBody,
      MessageGroupId: 'local',
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
  sqs.destroy();
}

interface Health {
  readonly endpoints: { readonly sqs: string };
  readonly queues: { readonly events: string };
}

async function health(url: string): Promise<Health> {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return (await answer.json()) as Health;
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
