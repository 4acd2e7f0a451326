import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStandIn, sentId, type StandInCounts } from '../../bench/graph-stand-in.ts';
import { type Served, serve } from '../support/serve.ts';

let served: Served;
let url: string;

beforeAll(async () => {
  served = await serve(createStandIn(0));
  url = served.url;
});
afterAll(() => served.close());

const ask = async (path: string) => (await fetch(url + path)).json();
const counts = async () => (await ask('/counts')) as StandInCounts;
const send = async (...ids: readonly string[]) => {
  const body = JSON.stringify({ data: ids.map((id) => ({ event_name: 'Purchase', event_id: id })) });
  const response = await fetch(`${url}/v24.0/1/events`, { method: 'POST', body });
  await response.text();
  return response.status;
};

it('tells how long ago events were sent, of those whose id says when', async () => {
  expect(await send(sentId(Date.now() - 60_000, 0), 'other')).toBe(200);

  const { events, latenciesMs } = await counts();

  expect(events).toBe(2);
  expect(latenciesMs).toHaveLength(1);
  expect(latenciesMs[0]).toBeGreaterThanOrEqual(60_000);
});

it('takes nothing from being closed until it is opened', async () => {
  await ask('/close');
  expect(await send('a')).toBe(503);
  await ask('/open');
  expect(await send('a')).toBe(200);

  expect(await counts()).toMatchObject({ events: 1, requests: 1 });
});
