import { describe, expect, it } from 'vitest';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { messageText } from '../../../shared/lib/json/message-text.ts';
import { now } from '../../support/factories.ts';
import { recordingGraph } from '../../support/recording-graph.ts';
import { destinations, main, order, runDeliver } from './delivery-fixture.ts';

const deliverAfterSeconds = 120;
const later: CompiledDestination = { ...main, deliverAfterSeconds };
const withLater = new Map([...destinations, ['main', later]]);
const receivedAgo = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();

const record = (receivedAt: string, retry?: object) => ({
  recordId: 'r-1',
  body: messageText({ version: 1, source: 'chain', events: [order(1, {}, { receivedAt })], ...(retry && { retry }) }),
});

describe('a destination that delivers later', () => {
  it('puts a fresh event back until it is due, and leaves the other destination alone', async () => {
    const { sendEvents, requests } = recordingGraph();

    const { report, putBack } = await runDeliver([record(receivedAgo(20))], { destinations: withLater, sendEvents });

    expect(requests.map(({ datasetId }) => datasetId)).toEqual(['6543210987654321']);
    expect(putBack).toMatchObject([
      { delaySeconds: 100, retry: { destination: 'main', mappings: ['purchase'], attempt: 0 } },
    ]);
    expect(report).toMatchObject({ delivered: 1, waiting: 1, held: [] });
  });

  it.each([
    ['sends an event that is old enough', record(receivedAgo(deliverAfterSeconds))],
    [
      'sends an event that has waited, whatever the clock says',
      record(receivedAgo(1), {
        destination: 'main',
        mappings: ['purchase'],
        attempt: 0,
        firstFailedAt: receivedAgo(1),
      }),
    ],
  ])('%s', async (_, due) => {
    const { sendEvents, requests } = recordingGraph();

    await runDeliver([due], { destinations: withLater, sendEvents });

    expect(requests.map(({ datasetId }) => datasetId)).toContain('1234567890123456');
  });
});
