import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, clientRequests } from './support/client-requests.ts';
import { type GraphRecorder, startGraphRecorder } from './support/graph-recorder.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const state = temporaryDirectory();
let graph: GraphRecorder;
let pipeline: Pipeline;

beforeAll(async () => {
  graph = await startGraphRecorder();
  pipeline = await startPipeline({
    stateDirectory: state.path,
    env: { GRAPH_API_URL: graph.url, CONFIG: 'test/e2e/support/config.ts', WRITE_KEY: 'shop-key' },
  });
});

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
});

describe('a request as written by', () => {
  it.each(clientRequests)('$client is taken, and its order reaches Meta with its own time', async (client) => {
    const now = new Date();
    const { id, bytes } = bytesOf(client, now);

    const response = await fetch(`${pipeline.url}${client.path}`, {
      method: 'POST',
      headers: client.headers,
      body: bytes,
    });
    const answer: unknown = await response.json();
    const event = await eventually(`${id} at the Graph API`, () =>
      graph.events().find(({ event_id }) => event_id === id),
    );

    expect(response.status).toBe(200);
    expect(answer).toMatchObject({ success: true, accepted: 1, rejected: [] });
    expect(event).toMatchObject({
      event_name: 'Purchase',
      custom_data: { order_id: 'A-1', value: 10, currency: 'EUR' },
      user_data: { client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)' },
    });
    expect(Math.abs(event.event_time - now.getTime() / 1000)).toBeLessThan(10);
  });
});
