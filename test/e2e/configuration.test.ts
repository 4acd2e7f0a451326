import { renameSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventDetails, LetterList, LettersMoved, Setup } from '../../local/console/server/wire.ts';
import type { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { type GraphRecorder, startGraphRecorder } from './support/graph-recorder.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const root = resolve(import.meta.dirname, '../..');
const state = temporaryDirectory();
const own = temporaryDirectory();
const file = resolve(own.path, 'config.ts');
let graph: GraphRecorder;
let pipeline: Pipeline;

/** The configuration of a user: a file, which imports its mappings from another. */
const config = (destinations = "['main']", more = ''): string => `
  import { defineConfig } from '${root}/shared/config/define-config.ts';
  import { mappings } from './mappings.ts';
  export default defineConfig({
    sources: { shop: { writeKeyHashes: ['${hash('sha256', 'shop-key')}'], destinations: ${destinations} } },
    destinations: {
      main: { datasetId: '555000111222333', accessTokenSecret: 'conversions/test/main', mappings },
      ${more}
    },
  });`;
const second = "second: { datasetId: '777', accessTokenSecret: 'conversions/test/second', mappings },";

const purchase = (fields: string): string => `export const mappings = [
  { name: 'Purchase', action: 'purchase', fields: { action_source: 'website'${fields} } },
];`;

/** As editors write: another file, put in the place of the first. */
function save(name: string, text: string): void {
  writeFileSync(resolve(own.path, `${name}~`), text);
  renameSync(resolve(own.path, `${name}~`), resolve(own.path, name));
}

beforeAll(async () => {
  save('config.ts', config());
  save('mappings.ts', purchase(''));
  graph = await startGraphRecorder();
  pipeline = await startPipeline({
    stateDirectory: state.path,
    env: { CONFIG: file, WRITE_KEY: 'shop-key', GRAPH_API_URL: graph.url },
  });
});

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
  own.remove();
});

const order = (messageId: string, properties: object) => ({
  type: 'track',
  event: 'Order Completed',
  messageId,
  userId: 'user-1',
  properties,
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' } },
});

const send = async (...batch: object[]): Promise<number> => {
  const headers = { authorization: `Basic ${btoa('shop-key:')}` };
  const response = await fetch(`${pipeline.url}/v1/batch`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ batch }),
  });
  await response.body?.cancel();
  return response.status;
};

const get = async <T>(path: string): Promise<T> =>
  (await fetch(`${pipeline.url}/console/api/${path}`)).json() as Promise<T>;

const redrive = async (keys: readonly string[]): Promise<LettersMoved> => {
  const headers = { 'x-console': '1' };
  const body = JSON.stringify({ chosen: { keys } });
  return (await fetch(`${pipeline.url}/console/api/redrive`, { method: 'POST', headers, body })).json() as never;
};

const printed = (text: string, times = 1): Promise<true> =>
  eventually(`"${text}" in the terminal`, () => (pipeline.output().split(text).length > times ? true : undefined));

const arrived = (messageId: string): Promise<ServerEvent> =>
  eventually(`${messageId} at Meta`, () => graph.events().find(({ event_id }) => event_id === messageId));

it('tells the commands which configuration it runs', () => {
  expect(pipeline.health.configuration).toEqual({ file });
});

it('delivers a dead letter after one line of the mapping is mended, without a restart', async () => {
  await send(order('order-1', { revenue: 10, money: 'EUR' }));
  const [letter] = await eventually('a dead letter', async () => {
    const { letters } = await get<LetterList>('dead-letters');
    return letters.length > 0 ? letters : undefined;
  });
  save('mappings.ts', purchase(", currency: { '@path': '$.properties.money' }"));
  await printed('configuration changed: 1 mapping in 1 destination');
  const explained = await get<EventDetails>('event?id=order-1');
  const moved = await redrive([letter?.key ?? '']);
  const { custom_data: data } = await arrived('order-1');

  expect(letter).toMatchObject({ messageId: 'order-1', code: 'field_missing' });
  expect(explained.explanations[0]?.mappings[0]?.outcome?.status).toBe('ready');
  expect(moved).toMatchObject({ done: 1, kept: [] });
  expect(data).toMatchObject({ currency: 'EUR', value: 10 });
  expect((await get<LetterList>('dead-letters')).letters).toEqual([]);
});

it('goes on with the configuration from before while the changed one is faulty, and names every fault once', async () => {
  const fault = purchase(", value: { '@pth': 1 }").replace("'Purchase'", "'Purchase', trigger: 'type ='");
  save('mappings.ts', fault);
  await printed('configuration not changed');
  save('mappings.ts', `${fault} `);
  await send(order('order-2', { revenue: 10, money: 'EUR' }));
  await arrived('order-2');
  const output = pipeline.output();
  save('mappings.ts', purchase(", currency: { '@path': '$.properties.money' }"));
  await printed('configuration as before: 1 mapping in 1 destination');

  expect(output).toContain('destinations.main.mappings[0].trigger');
  expect(output.split('configuration not changed')).toHaveLength(2);
});

it('sends to a new destination, whose secret is put as at the start', async () => {
  save('config.ts', config("['main', 'second']", second));
  await printed('configuration changed: 2 mappings in 2 destinations');
  await send(order('order-3', { revenue: 10, money: 'EUR' }));
  await eventually('order-3 at both datasets', () => {
    const requests = graph.requests.filter(({ body }) => body.data.some(({ event_id }) => event_id === 'order-3'));
    return new Set(requests.map(({ path }) => path.split('/')[2])).size === 2 ? true : undefined;
  });

  expect((await get<Setup>('setup')).destinations.map(({ name }) => name)).toEqual(['main', 'second']);
  expect(graph.requests.at(-1)?.headers.authorization).toBe('Bearer local-token');
});

it('answers and delivers every event of a steady stream while the configuration changes', async () => {
  const statuses: Promise<number>[] = [];
  const sending = setInterval(() => {
    const number = statuses.length;
    statuses.push(send(order(`stream-${number}`, { revenue: number, money: 'EUR' })));
  }, 20);
  for (const [index, name] of ['one', 'two', 'three'].entries()) {
    save('mappings.ts', purchase(`, currency: { '@path': '$.properties.money' }, order_id: '${name}'`));
    await printed('configuration changed: 2 mappings in 2 destinations', index + 2);
  }
  clearInterval(sending);
  const answers = await Promise.all(statuses);
  const ids = answers.map((_, number) => `stream-${number}`);
  await eventually('every event at Meta', () => {
    const known = new Set(graph.events().map(({ event_id }) => event_id));
    return ids.every((id) => known.has(id)) ? true : undefined;
  });
  await send(order('order-4', { revenue: 10, money: 'EUR' }));

  expect(ids.length).toBeGreaterThan(50);
  expect(new Set(answers)).toEqual(new Set([200]));
  expect((await arrived('order-4')).custom_data).toMatchObject({ order_id: 'three' });
});

it('ends with 0 in the middle of a change', async () => {
  save('mappings.ts', purchase(", currency: { '@path': '$.properties.money' }, order_id: 'four'"));
  await new Promise((resolve) => setTimeout(resolve, 500));

  expect(await pipeline.stop()).toBe(0);
});
