import { afterAll, expect, it } from 'vitest';
import { type GraphRecorder, startGraphRecorder } from './support/graph-recorder.ts';
import { eventually, freePort, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const state = temporaryDirectory();
let graph: GraphRecorder | undefined;
let pipeline: Pipeline | undefined;

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
});

const count = 1_000;
const perRequest = 10;

const batch = (first: number): string =>
  JSON.stringify({
    batch: Array.from({ length: perRequest }, (_, index) => ({
      type: 'track',
      event: 'Order Completed',
      userId: `user-${first + index}`,
      messageId: `order-${first + index}`,
      properties: { revenue: 10, currency: 'EUR' },
      context: { userAgent: 'Mozilla/5.0' },
    })),
  });

it('loses no event that was answered 200 when everything is killed in the middle of a thousand', async () => {
  graph = await startGraphRecorder();
  const options = { port: await freePort(), stateDirectory: state.path, env: { GRAPH_API_URL: graph.url } };
  pipeline = await startPipeline(options);
  const answered = new Set<string>();
  const send = async (first: number): Promise<void> => {
    const response = await fetch(`${options.port ? pipeline?.url : ''}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('local-write-key:')}` },
      body: batch(first),
    });
    if (response.status !== 200) return;
    for (let index = 0; index < perRequest; index++) answered.add(`order-${first + index}`);
  };
  const sendFrom = async (start: number, end: number): Promise<void> => {
    for (let first = start; first < end; first += perRequest) await send(first).catch(() => {});
  };

  const sending = Promise.all([sendFrom(0, count / 2), sendFrom(count / 2, count)]);
  await eventually('some answers', () => (answered.size >= 200 ? true : undefined));
  await pipeline.kill();
  await sending;
  const answeredBeforeKill = answered.size;
  pipeline = await startPipeline(options);
  const recorder = graph;
  const missing = (): string[] => {
    const arrived = new Set(recorder.events().map(({ event_id }) => event_id));
    return [...answered].filter((id) => !arrived.has(id));
  };
  await eventually('every answered event at the Graph API', () => (missing().length === 0 ? true : undefined), 30_000);

  expect(answeredBeforeKill).toBeGreaterThanOrEqual(200);
  expect(answeredBeforeKill).toBeLessThan(count);
  expect(missing()).toEqual([]);
});

it('stops with exit code 0 and keeps what is queued for the next start', async () => {
  const code = await pipeline?.stop();
  pipeline = undefined;

  expect(code).toBe(0);
});
