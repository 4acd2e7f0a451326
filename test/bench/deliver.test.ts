import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBenchDelivery } from '../../bench/deliver.ts';
import { createStandIn } from '../../bench/graph-stand-in.ts';
import { queuedOrders } from '../../bench/queued-orders.ts';

const server = createStandIn(10);
let url: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

it('delivers queued orders with one request for every thousand, three products and all match keys included', async () => {
  const invoke = await createBenchDelivery(url);

  const report = await invoke(queuedOrders(3_200));

  expect(report).toMatchObject({ delivered: 3_200, requests: 4, receivedMissing: 0 });
});
