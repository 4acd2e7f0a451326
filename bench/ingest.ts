import { randomUUID } from 'node:crypto';
import config from '../config/local.ts';
import { createIngest } from '../shared/ingest/ingest.ts';
import type { IngestRequest } from '../shared/ingest/request.ts';
import type { Subject } from './measure.ts';
import { orderCompleted } from './order-completed.ts';

const requests = 2_000;
const batchSize = 100;
const batches = 40;
const queue = { send: async () => {} };

/** A request to ingest, from its body as text to the messages for the queue; the queue takes no time. */
export function ingestSubjects(): Subject[] {
  const ingest = createIngest({
    config,
    events: queue,
    deadLetters: queue,
    clock: () => new Date(),
    randomId: randomUUID,
  });
  const now = new Date();
  const single = Array.from({ length: requests }, (_, index) =>
    post('/v1/track', JSON.stringify(orderCompleted(index, now))),
  );
  const full = Array.from({ length: batches }, (_, batch) =>
    post(
      '/v1/batch',
      JSON.stringify({
        batch: Array.from({ length: batchSize }, (_unused, index) => orderCompleted(batch * batchSize + index, now)),
      }),
    ),
  );
  const subject = (name: string, all: readonly IngestRequest[], events: number): Subject => ({
    name,
    events,
    async run() {
      for (const request of all) {
        const { answer } = await ingest(request);
        if (answer.status !== 200) throw new Error(`Ingest answered ${answer.status}.`);
      }
    },
  });
  return [
    subject('take in an order, one a request', single, requests),
    subject(`take in an order, ${batchSize} a request`, full, batches * batchSize),
  ];
}

const authorization = `Basic ${Buffer.from('local-write-key:').toString('base64')}`;

const post = (path: string, body: string): IngestRequest => ({
  method: 'POST',
  path,
  query: {},
  headers: { authorization },
  clientAddress: () => '203.0.113.7',
  readBody: () => body,
});
