import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingGraph, startCountingGraph } from './support/counting-graph.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const state = temporaryDirectory();
const perRequest = 2_500;
let graph: CountingGraph;
let pipeline: Pipeline;

beforeAll(async () => {
  graph = await startCountingGraph();
  const env = { GRAPH_API_URL: graph.url, MAX_RETRY_DELAY_SECONDS: '1' };
  pipeline = await startPipeline({ stateDirectory: state.path, env });
});

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
});

const batch = (name: string, request: number): string =>
  JSON.stringify({
    context: { userAgent: 'Mozilla/5.0' },
    batch: Array.from({ length: perRequest }, (_, index) => ({
      ...{ type: 'track', event: 'Order Completed', messageId: `${name}-${request}-${index}`, userId: `user-${index}` },
      properties: { revenue: 10.5, currency: 'EUR' },
    })),
  });

/** Sends as libraries do: what is answered 503 is sent again when the answer says. @returns every status that came */
async function sendUntilTaken(body: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 30; attempt++) {
    const response = await fetch(`${pipeline.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('local-write-key:')}`, 'content-type': 'application/json' },
      body,
    });
    await response.text();
    statuses.push(response.status);
    if (response.status === 200) break;
    await sleep(1_000 * Number(response.headers.get('retry-after') ?? Number.NaN));
  }
  return statuses;
}

async function burst(name: string, requests: number): Promise<number[]> {
  const bodies = Array.from({ length: requests }, (_, request) => batch(name, request));
  return (await Promise.all(bodies.map(sendUntilTaken))).flat();
}

const arrived = (name: string): number[] =>
  [...graph.times].filter(([id]) => id.startsWith(`${name}-`)).map(([, times]) => times);

describe('a burst', () => {
  it.each(['first', 'second', 'third'])(
    'of 20,000 events in eight requests at once arrives once each: the %s',
    async (name) => {
      const statuses = await burst(name, 8);
      await eventually('every event', () => (arrived(name).length === 8 * perRequest ? true : undefined), 50_000);

      expect(statuses.filter((status) => status !== 503)).toEqual(Array.from({ length: 8 }, () => 200));
      expect(arrived(name).filter((times) => times !== 1)).toEqual([]);
    },
  );

  it('while the Graph API is down waits, lets others in, and arrives once each by itself', async () => {
    graph.setDown(true);
    const statuses = await burst('outage', 8);
    expect(await sendUntilTaken(batch('meanwhile', 0))).toContain(200);
    graph.setDown(false);
    const all = () => arrived('outage').length + arrived('meanwhile').length;
    await eventually('every event', () => (all() === 9 * perRequest ? true : undefined), 50_000);

    expect(new Set(statuses)).toContain(200);
    expect([...arrived('outage'), ...arrived('meanwhile')].filter((times) => times !== 1)).toEqual([]);
  });
});
