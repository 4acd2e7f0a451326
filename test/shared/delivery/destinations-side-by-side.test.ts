import { expect, it } from 'vitest';
import type { EventsAnswer, EventsRequest } from '../../../shared/meta/graph/graph-client.ts';
import { messageText } from '../../../shared/lib/json/message-text.ts';
import { graphError } from '../../support/recording-graph.ts';
import { main, order, runDeliver } from './delivery-fixture.ts';

it('sends to a destination at once while every batch of another one goes unanswered', async () => {
  const silent = Promise.withResolvers<EventsAnswer>();
  const healthy = Promise.withResolvers<EventsRequest>();
  const sendEvents = (request: EventsRequest): Promise<EventsAnswer> => {
    if (request.datasetId === main.config.datasetId) return silent.promise;
    healthy.resolve(request);
    return Promise.resolve({ accepted: true, received: 1 });
  };
  const message = (source: string, first: number, count: number) => ({
    recordId: `${source}-${first}`,
    body: messageText({
      version: 1,
      source,
      events: Array.from({ length: count }, (_, index) => order(first + index)),
    }),
  });
  // More batches for the silent one than are sent side by side, and first in line.
  const records = [message('shop', 0, 6_000), message('outlet', 10_000, 1)];

  const delivering = runDeliver(records, { sendEvents });
  const { datasetId } = await healthy.promise;
  silent.resolve({ accepted: false, error: graphError(2) });
  const { report } = await delivering;

  expect(datasetId).toBe('6543210987654321');
  expect(report).toMatchObject({ delivered: 1, waiting: 6_000 });
});
