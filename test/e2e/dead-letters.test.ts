import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { answering, type GraphServer, startGraphServer } from '../support/graph-server.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');
const state = temporaryDirectory();
let graph: GraphServer | undefined;
let pipeline: Pipeline | undefined;

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
});

const refusal = { error: { message: 'Invalid parameter', code: 100, error_subcode: 2804050, fbtrace_id: 'trace' } };

/** A Graph API that refuses every request with the marked event in it, for as long as it is broken. */
async function startPickyGraph(marked: string) {
  const accepted: ServerEvent[] = [];
  const picky = { broken: true, accepted };
  graph = await startGraphServer((response, request) => {
    const events = (JSON.parse(request.body) as { data: unknown[] }).data.map((event) => ServerEvent.parse(event));
    if (picky.broken && events.some(({ event_id }) => event_id === marked)) {
      answering(400, refusal)(response, request);
      return;
    }
    accepted.push(...events);
    answering(200, { events_received: events.length, messages: [], fbtrace_id: 'trace' })(response, request);
  });
  return { url: graph.url, picky };
}

const order = (messageId: string) => ({
  type: 'track',
  event: 'Order Completed',
  messageId,
  userId: 'user-1',
  properties: { revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' }, traits: { email: 'jane@example.com' } },
});

function deadLetters(port: string, ...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['commands/cli.ts', 'dead-letters', ...args, '--port', port], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise((done) => child.once('close', (code) => done({ code, out })));
}

it('redrives an event that Meta refused, under the same event id, once what was wrong is mended', async () => {
  const { url, picky } = await startPickyGraph('order-bad');
  pipeline = await startPipeline({ stateDirectory: state.path, env: { GRAPH_API_URL: url } });
  const { port } = new URL(pipeline.url);
  await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('local-write-key:')}` },
    body: JSON.stringify({ batch: [order('order-good'), order('order-bad')] }),
  });

  const listed = await eventually('a dead letter', async () => {
    const { letters } = JSON.parse((await deadLetters(port, 'list', '--json')).out);
    return letters.length > 0 ? letters : undefined;
  });
  const shown = await deadLetters(port, 'show', 'order-bad');
  picky.broken = false;
  const redriven = await deadLetters(port, 'redrive', '--code', 'meta_rejected');
  await eventually('the event at Meta', () =>
    picky.accepted.some(({ event_id }) => event_id === 'order-bad') ? true : undefined,
  );
  const left = await deadLetters(port, 'list');

  expect(listed).toMatchObject([
    { messageId: 'order-bad', code: 'meta_rejected', destination: 'main', graph: { code: 100, subcode: 2804050 } },
  ]);
  expect(shown.out).toContain('subcode 2804050');
  expect(shown.out).not.toContain('jane');
  expect(redriven).toMatchObject({ code: 0, out: expect.stringContaining('1 event went back on the events queue.') });
  expect(picky.accepted.map(({ event_id }) => event_id)).toEqual(['order-good', 'order-bad']);
  expect(left).toEqual({ code: 0, out: 'No dead letters.\n' });
});
