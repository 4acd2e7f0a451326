import { gzipSync } from 'node:zlib';
import { DeleteQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const state = temporaryDirectory();
let pipeline: Pipeline;
let sqs: SQSClient;

beforeAll(async () => {
  pipeline = await startPipeline({ stateDirectory: state.path });
  sqs = new SQSClient({
    endpoint: pipeline.health.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(async () => {
  sqs?.destroy();
  await pipeline?.stop();
  state.remove();
});

const authorization = `Basic ${btoa('local-write-key:')}`;
const marker = 'jane.marker@example.com';
const good = { type: 'track', event: 'Order Completed', userId: 'u', context: { traits: { email: marker } } };
const large = { ...good, messageId: 'large', properties: { text: 'x'.repeat(70_000) } };

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({ path = '/v1/track', method = 'POST', body, headers = { authorization } }: Sent) {
  const response = await fetch(`${pipeline.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: JSON.parse(text) as Record<string, unknown>,
  };
}

describe('bad input', () => {
  it.each<Sent & { title: string; status: number; code: string }>([
    { title: 'malformed JSON', status: 400, code: 'request_invalid', body: '{"event":' },
    {
      title: 'an unknown write key',
      status: 401,
      code: 'write_key_unknown',
      body: JSON.stringify(good),
      headers: { authorization: `Basic ${btoa('nobody:')}` },
    },
    {
      title: 'a body over 4 MB',
      status: 413,
      code: 'request_too_large',
      path: '/v1/batch',
      body: JSON.stringify({ batch: [{ ...good, properties: { text: 'x'.repeat(4_200_000) } }] }),
    },
    {
      title: 'a body over 4 MB once inflated',
      status: 413,
      code: 'request_too_large',
      path: '/v1/batch',
      body: gzipSync('x'.repeat(4_200_000)),
      headers: { authorization, 'content-encoding': 'gzip' },
    },
    { title: 'a single event over 64 KB', status: 413, code: 'event_too_large', body: JSON.stringify(large) },
    {
      title: 'a single invalid event',
      status: 400,
      code: 'identity_missing',
      body: JSON.stringify({ ...good, userId: '' }),
    },
    { title: 'a wrong method', status: 405, code: 'method_not_allowed', method: 'PUT', body: '{}' },
    { title: 'an unknown path', status: 404, code: 'path_unknown', path: '/v1/nothing', body: '{}' },
    {
      title: 'a page of an origin that nobody listed',
      status: 403,
      code: 'origin_not_allowed',
      body: JSON.stringify(good),
      headers: { authorization, origin: 'https://elsewhere.example' },
    },
  ])('$title is answered $status with what to do next', async ({ status, code, ...sent }) => {
    const answer = await send(sent);

    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      success: false,
      code,
      message: expect.any(String),
      fix: expect.stringMatching(/\w{3}/),
    });
    expect(answer.text).not.toContain(marker);
    expect(answer.text).not.toMatch(/\bat .*\.(ts|mjs|js):\d+/);
  });

  it('takes a body of nearly 4 MB', async () => {
    const batch = Array.from({ length: 64 }, (_, index) => ({
      ...good,
      messageId: `wide-${index}`,
      properties: { text: 'x'.repeat(60_000) },
    }));

    const answer = await send({ path: '/v1/batch', body: JSON.stringify({ batch }) });

    expect([answer.status, answer.json]).toMatchObject([200, { accepted: 64 }]);
  });

  it('leaves a body that outgrows the event of the function on its way to the gateway, which answers 413', async () => {
    // 3.8 MB of quotation marks and backslashes, which take twice the room in a Lambda event.
    const body = JSON.stringify({ batch: [{ ...good, properties: { text: '"'.repeat(1_900_000) } }] });

    const answer = await send({ path: '/v1/batch', body });

    expect(Buffer.byteLength(body)).toBeLessThan(4 * 1024 * 1024);
    expect([answer.status, answer.json]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('rejects an invalid and an oversized event of a batch alone, and keeps both as dead letters', async () => {
    const batch = [{ ...good, messageId: 'good' }, { type: 'track', messageId: 'nameless', userId: 'u' }, large];

    const answer = await send({ path: '/v1/batch', body: JSON.stringify({ batch }) });
    const kept = await eventually('the dead letters', async () => {
      const found = await peek();
      return found.includes('nameless') && found.includes('large') ? found : undefined;
    });

    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      success: true,
      accepted: 1,
      rejected: [
        {
          index: 1,
          messageId: 'nameless',
          code: 'event_name_missing',
          path: 'event',
          message: expect.any(String),
          fix: expect.any(String),
        },
        {
          index: 2,
          messageId: 'large',
          code: 'event_too_large',
          path: '',
          message: expect.any(String),
          fix: expect.any(String),
        },
      ],
    });
    expect(kept).not.toContain('good');
  });

  it('says 503 and when to come back once the queue is gone, and prints nothing personal', async () => {
    await sqs.send(new DeleteQueueCommand({ QueueUrl: pipeline.health.queues.events }));

    const answer = await send({ body: JSON.stringify(good) });

    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.json).toMatchObject({
      success: false,
      code: 'queue_unavailable',
      fix: expect.stringContaining('again'),
    });
    expect(pipeline.output()).not.toContain(marker);
  });
});

/** Message ids of the events among the dead letters, which stay where they are. */
async function peek(): Promise<string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: pipeline.health.queues.deadLetters,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    }),
  );
  return Messages.map(({ Body = '' }) => (JSON.parse(Body) as { event: { messageId?: string } }).event.messageId ?? '');
}
