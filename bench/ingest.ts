import { randomUUID } from 'node:crypto';
import config from '../config/local.ts';
import { createIngest } from '../shared/ingest/ingest.ts';
import { personDigests } from '../shared/record/person-digests.ts';
import { createRecorder } from '../shared/record/recorder.ts';
import type { IngestRequest } from '../shared/ingest/request.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { floorName } from './map-events.ts';
import type { Subject } from './measure.ts';
import { orderCompleted } from './order-completed.ts';
import { variedEvents } from './varied-orders.ts';

const requests = 2_000;
const batchSize = 100;
const batches = 40;
const queue = { send: async () => {} };

/** A request to ingest, from its body as text to the messages for the queue; the queue takes no time. */
export function ingestSubjects(): Subject[] {
  const services = { config, events: queue, deadLetters: queue, clock: () => new Date(), randomId: randomUUID };
  const ingest = createIngest(services);
  const digest = personDigests('0123456789abcdef'.repeat(4));
  const sink = { put: async (records: readonly string[]) => records.map((_, place) => place) };
  const record = createRecorder({ level: 'receipts', digest: () => digest, sink });
  const recording = createIngest({ ...services, record });
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
  const varied = variedEvents('orders', batches * batchSize, now).map(asSent);
  const fullOfVaried = Array.from({ length: batches }, (_, batch) =>
    post('/v1/batch', `{"batch":[${varied.slice(batch * batchSize, (batch + 1) * batchSize).join(',')}]}`),
  );
  const subject = (name: string, all: readonly IngestRequest[], events: number, take = ingest): Subject => ({
    name,
    events,
    floor: floorName,
    async run() {
      for (const request of all) {
        const { answer } = await take(request);
        if (answer.status !== 200) throw new Error(`Ingest answered ${answer.status}.`);
        await record.flush(AbortSignal.timeout(1_000));
      }
      if (record.takeMissed() > 0) throw new Error('Receipts were missed.');
    },
  });
  return [
    subject('take in an order, one a request', single, requests),
    subject(`take in an order, ${batchSize} a request`, full, batches * batchSize),
    subject(`take in an order, ${batchSize} a request, with receipts`, full, batches * batchSize, recording),
    subject(`take in a varied order, ${batchSize} a request`, fullOfVaried, varied.length),
  ];
}

/** Without the times that ingest adds. */
function asSent(text: string): string {
  const { receivedAt: _received, originalTimestamp: _original, ...event } = JSON.parse(text) as JsonObject;
  return JSON.stringify(event);
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
