import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBenchDelivery } from '../../bench/deliver.ts';
import { createStandIn } from '../../bench/graph-stand-in.ts';
import { queuedOrders } from '../../bench/queued-orders.ts';
import { type Served, serve } from '../support/serve.ts';

let served: Served;
let url: string;

beforeAll(async () => {
  served = await serve(createStandIn(10));
  url = served.url;
});
afterAll(() => served.close());

it('delivers queued orders with one request for every thousand, three products and all match keys included', async () => {
  const invoke = await createBenchDelivery(url);

  const report = await invoke(queuedOrders(3_200));

  expect(report).toMatchObject({ delivered: 3_200, requests: 4, receivedMissing: 0 });
});
