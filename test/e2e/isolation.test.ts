import type { ServerResponse } from 'node:http';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingGraph, startCountingGraph } from './support/counting-graph.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const count = 200;
const culprit = 123;
const html = '<!doctype html><title>Bad Request</title>';

const refusal = (status: number, error: Readonly<Record<string, unknown>>) => (response: ServerResponse) =>
  response.writeHead(status).end(JSON.stringify({ error: { message: 'No.', type: 'OAuthException', ...error } }));

/** How the Graph API answers a request with the bad event in it. A time-out is left to the simulations: it takes a minute. */
const ways: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  invalid: refusal(400, { code: 100, error_subcode: 2804050 }),
  unknownError: refusal(500, { code: 1 }),
  unknownCode: refusal(400, { code: 987654 }),
  transient: refusal(400, { code: 100, is_transient: true }),
  html: (response) => response.writeHead(400, { 'content-type': 'text/html' }).end(html),
  reset: (response) => response.socket?.resetAndDestroy(),
  gatewayTimeout: (response) => response.writeHead(504, { 'content-type': 'text/html' }).end(html),
};

const idOf = (name: string, index: number): string => `${name}-${index}`;

const batch = (name: string): string =>
  JSON.stringify({
    context: { userAgent: 'Mozilla/5.0' },
    batch: Array.from({ length: count }, (_, index) => ({
      ...{ type: 'track', event: 'Order Completed', messageId: idOf(name, index), userId: `user-${index}` },
      properties: { revenue: 10.5, currency: 'EUR' },
    })),
  });

async function send(pipeline: Pipeline, body: string): Promise<number> {
  const response = await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('local-write-key:')}`, 'content-type': 'application/json' },
    body,
  });
  await response.text();
  return response.status;
}

describe('one bad event', () => {
  const state = temporaryDirectory();
  /** Requests that held an event of each way. */
  const requests = new Map<string, number>();
  let graph: CountingGraph;
  let pipeline: Pipeline;

  beforeAll(async () => {
    graph = await startCountingGraph((ids, _, response) => {
      for (const name of new Set(ids.map((id) => id.split('-')[0] ?? ''))) {
        requests.set(name, (requests.get(name) ?? 0) + 1);
      }
      const bad = ids.find((id) => id.endsWith(`-${culprit}`));
      if (bad === undefined) return false;
      ways[bad.split('-')[0] ?? '']?.(response);
      return true;
    });
    const env = { GRAPH_API_URL: graph.url, MAX_RETRY_DELAY_SECONDS: '1' };
    pipeline = await startPipeline({ stateDirectory: state.path, env });
  });

  afterAll(async () => {
    await pipeline?.stop();
    await graph?.close();
    state.remove();
  });

  it.each(Object.keys(ways))('does not hold its neighbours: %s', async (name) => {
    expect(await send(pipeline, batch(name))).toBe(200);
    const neighbours = Array.from({ length: count }, (_, index) => idOf(name, index)).toSpliced(culprit, 1);
    await eventually('every neighbour', () => neighbours.every((id) => graph.times.has(id)) || undefined, 50_000);

    expect(neighbours.filter((id) => graph.times.get(id) !== 1)).toEqual([]);
    expect(graph.times.has(idOf(name, culprit))).toBe(false);
    expect(requests.get(name)).toBeLessThanOrEqual(60);
  });
});

describe('a dead token', () => {
  const state = temporaryDirectory();
  const sizes: number[] = [];
  let graph: CountingGraph;
  let pipeline: Pipeline;

  beforeAll(async () => {
    graph = await startCountingGraph((ids, { headers }, response) => {
      if (headers.authorization === 'Bearer mended-token') return false;
      sizes.push(ids.length);
      refusal(400, { code: 190 })(response);
      return true;
    });
    const env = { GRAPH_API_URL: graph.url, MAX_RETRY_DELAY_SECONDS: '1', META_ACCESS_TOKEN: 'dead-token' };
    pipeline = await startPipeline({ stateDirectory: state.path, env });
  });

  afterAll(async () => {
    await pipeline?.stop();
    await graph?.close();
    state.remove();
  });

  it('is tried with one event at a time, and once it is mended everything arrives by itself', async () => {
    expect(await send(pipeline, batch('held'))).toBe(200);
    await eventually('a second try', () => (sizes.length > 1 ? true : undefined), 30_000);
    const [, ...later] = sizes;
    expect(Math.max(...later)).toBe(1);
    expect(graph.times.size).toBe(0);

    const secrets = new SecretsManagerClient({
      endpoint: pipeline.health.endpoints.secretsManager,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await secrets.send(new PutSecretValueCommand({ SecretId: 'conversions/local/main', SecretString: 'mended-token' }));
    secrets.destroy();
    await eventually('every event', () => (graph.times.size === count ? true : undefined), 50_000);

    expect([...graph.times.values()].filter((times) => times !== 1)).toEqual([]);
  });
});
