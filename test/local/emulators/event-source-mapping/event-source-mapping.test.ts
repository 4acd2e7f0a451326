import {
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type AwsServerOptions, startAwsServer } from '../../../../local/emulators/aws/aws-server.ts';
import { failedMessageIds } from '../../../../local/emulators/event-source-mapping/batch-response.ts';
import {
  type BatchInfo,
  type EventSourceMappingOptions,
  startEventSourceMapping,
} from '../../../../local/emulators/event-source-mapping/event-source-mapping.ts';
import { failure } from '../../../../local/emulators/lambda/invoke-result.ts';
import type { InvokeResult } from '../../../../local/emulators/lambda/lambda-function.ts';
import { lambdaLimits } from '../../../../local/emulators/lambda/lambda-limits.ts';
import sample from '../../../fixtures/aws-events/sqs.json' with { type: 'json' };
import { shapeOf } from '../lambda/shape-of.ts';

vi.setConfig({ testTimeout: 30_000 });

type Handler = (event: SQSEvent) => Promise<InvokeResult>;

const succeed: Handler = async () => ({ ok: true, payload: null });
const empty = { visible: 0, inFlight: 0, delayed: 0 };
const bodiesOf = (event: SQSEvent): string[] => event.Records.map(({ body }) => body);

/** An empty queue with one second of visibility, and mappings on it that are closed after the test. */
async function queueFixture(attributes: Record<string, string> = {}, server: AwsServerOptions = {}) {
  const aws = await startAwsServer({ region: 'eu-central-1', ...server });
  aws.queues.ensureQueue('dead');
  const queue = aws.queues.ensureQueue('events', { VisibilityTimeout: '1', ...attributes });
  const settings = { region: 'eu-central-1', call: aws.call };
  const sqs = new SQSClient({
    ...settings,
    endpoint: aws.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  onTestFinished(async () => {
    sqs.destroy();
    await aws.close();
  });

  const map = (invoke: Handler, options: Partial<EventSourceMappingOptions> = {}) => {
    const events: SQSEvent[] = [];
    const batches: BatchInfo[] = [];
    const errors: Error[] = [];
    const mapping = startEventSourceMapping({
      ...settings,
      queueUrl: queue.url,
      batchSize: 10,
      batchingWindowSeconds: 0,
      maxConcurrency: 2,
      invoke: (event, json) => {
        expect(JSON.parse(json)).toEqual(event);
        events.push(event);
        return invoke(event);
      },
      onBatch: (batch) => batches.push(batch),
      onError: (error) => errors.push(error),
      ...options,
    });
    onTestFinished(() => mapping.close());
    return { ...mapping, events, batches, errors };
  };

  const counts = (name = 'events') => aws.queues.counts(name);
  return {
    queue,
    map,
    counts,
    /** Waits until every message that was sent is deleted. */
    drained: () => vi.waitFor(() => expect(counts()).toEqual(empty), { timeout: 20_000, interval: 10 }),
    send: (body: string, more: Partial<SendMessageCommandInput> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body, ...more })),
    async sendMany(count: number) {
      const ids = Array.from({ length: count }, (_, index) => String(index));
      for (let start = 0; start < count; start += 10) {
        const Entries = ids.slice(start, start + 10).map((id) => ({ Id: id, MessageBody: id }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
      }
      return ids;
    },
  };
}

describe('what stays on the queue', () => {
  const all = ['a', 'b', 'c'];

  it.each<[string, unknown, readonly string[]]>([
    ['nothing', null, []],
    ['undefined', undefined, []],
    ['an empty object', {}, []],
    ['another object', { statusCode: 200 }, []],
    ['a list that is null', { batchItemFailures: null }, []],
    ['an empty list', { batchItemFailures: [] }, []],
    ['one id', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
    ['one id twice', { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'b' }] }, ['b']],
    ['every id', { batchItemFailures: all.map((itemIdentifier) => ({ itemIdentifier })) }, all],
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'x' }] }, all],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, all],
    ['an id that is null', { batchItemFailures: [{ itemIdentifier: null }] }, all],
    ['an id under another key', { batchItemFailures: [{ messageId: 'b' }] }, all],
    ['an entry that is null', { batchItemFailures: [null] }, all],
    ['ids without objects', { batchItemFailures: ['b'] }, all],
    ['an object for a list', { batchItemFailures: { itemIdentifier: 'b' } }, all],
    ['text', 'done', all],
  ])('after an answer of %s is what the answer names, or all if it cannot be understood', (_, payload, failed) => {
    expect([...failedMessageIds({ ok: true, payload }, new Set(all))]).toEqual(failed);
  });

  it('after a failed invocation is everything', () => {
    expect([...failedMessageIds(failure('Sandbox.Timedout', ''), new Set(all))]).toEqual(all);
  });
});

describe('the event', () => {
  it('has the shape of the one Lambda makes, with every kind of attribute', async () => {
    const { map, send, queue, drained } = await queueFixture();
    const [first] = sample.Records;
    await send(first?.body ?? '', {
      MessageGroupId: 'storefront',
      MessageAttributes: {
        attempt: { DataType: 'Number', StringValue: '2' },
        source: { DataType: 'String', StringValue: 'storefront' },
        digest: { DataType: 'Binary', BinaryValue: Buffer.from('deadbeef', 'hex') },
      },
    });
    await send('plain');
    const { events } = map(succeed);
    await drained();
    const records = events.flatMap((event) => event.Records).toSorted((a, b) => a.body.localeCompare(b.body));
    const expected = sample.Records.toSorted((a, b) => a.body.localeCompare(b.body));
    expect(shapeOf(records)).toEqual(shapeOf(expected));
    expect(records.map(({ messageAttributes }) => messageAttributes)).toEqual(
      expected.map(({ messageAttributes }) => messageAttributes),
    );
    const source = { eventSource: 'aws:sqs', eventSourceARN: queue.arn, awsRegion: 'eu-central-1' };
    expect(records).toMatchObject([source, source]);
  });
});

describe('outcomes', () => {
  it('delete what succeeded', async () => {
    const { map, sendMany, drained } = await queueFixture();
    const sent = await sendMany(25);
    const { events, batches } = map(succeed);
    await drained();
    expect(events.flatMap(bodiesOf).toSorted()).toEqual(sent.toSorted());
    await vi.waitFor(() => expect(batches.reduce((sum, { received }) => sum + received, 0)).toBe(25));
  });

  it('leave what the handler names, which comes again with its receive count', async () => {
    const { map, sendMany, counts, drained } = await queueFixture();
    await sendMany(3);
    const { events, batches } = map(async ({ Records }) => {
      const again = Records.filter(
        ({ body, attributes }) => body === '1' && attributes.ApproximateReceiveCount === '1',
      );
      return {
        ok: true,
        payload: { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) },
      };
    });
    await vi.waitFor(() => expect(counts()).toEqual({ ...empty, inFlight: 1 }));
    await drained();
    expect(events.flatMap(bodiesOf)).toEqual(['0', '1', '2', '1']);
    expect(events.at(-1)?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
    const expected = [
      { received: 3, failed: 1 },
      { received: 1, failed: 0 },
    ];
    await vi.waitFor(() => expect(batches).toMatchObject(expected));
  });

  it.each<[string, Handler]>([
    ['fails', async () => failure('TypeError', 'bad')],
    ['cannot be invoked', () => Promise.reject(new Error('gone'))],
  ])('leave everything when the function %s, until the queue moves it to the dead letter queue', async (_, invoke) => {
    const { map, sendMany, counts } = await queueFixture({
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:dead',
        maxReceiveCount: 2,
      }),
    });
    await sendMany(2);
    const { batches } = map(invoke);
    await vi.waitFor(() => expect(counts('dead').visible).toBe(2), { timeout: 8000, interval: 50 });
    expect(counts()).toEqual(empty);
    expect(batches.reduce((sum, { failed }) => sum + failed, 0)).toBe(4);
  });
});

describe('batches', () => {
  it('hold batchSize messages at most', async () => {
    const { map, sendMany, drained } = await queueFixture();
    await sendMany(20);
    const { events } = map(succeed, { batchSize: 3, pollers: 1 });
    await drained();
    expect(Math.max(...events.map(({ Records }) => Records.length))).toBe(3);
  });

  it('wait for the end of the window, counted from the first message, and gather more than one receive gives', async () => {
    const { map, send, sendMany, drained } = await queueFixture({ VisibilityTimeout: '60' });
    const invokedAt: number[] = [];
    const { events } = map(
      async () => {
        invokedAt.push(performance.now());
        return { ok: true, payload: null };
      },
      { batchSize: 100, batchingWindowSeconds: 1.2, pollers: 1 },
    );
    const startedAt = performance.now();
    await sendMany(25);
    await send('later');
    await drained();
    expect(events.map(({ Records }) => Records.length)).toEqual([26]);
    expect((invokedAt[0] ?? 0) - startedAt).toBeGreaterThanOrEqual(1200);
  });

  it('do not wait when they are full', async () => {
    const { map, sendMany } = await queueFixture({ VisibilityTimeout: '60' });
    await sendMany(25);
    const { events, batches } = map(succeed, { batchSize: 25, batchingWindowSeconds: 60, pollers: 1 });
    await vi.waitFor(() => expect(batches).toHaveLength(1), { timeout: 10_000 });
    expect(events[0]?.Records).toHaveLength(25);
  });

  it('stay below 6 MB, and what did not fit comes in the next', async () => {
    const { map, send, drained } = await queueFixture({ VisibilityTimeout: '60' });
    for (let n = 0; n < 8; n += 1) await send(String(n).repeat(1_000_000));
    const { events } = map(succeed, { batchingWindowSeconds: 1, pollers: 1 });
    await drained();
    const sizes = events.map((event) => Buffer.byteLength(JSON.stringify(event)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(lambdaLimits.payloadBytes);
    const firstCharacters = events.flatMap(bodiesOf).map((body) => body[0]);
    expect(firstCharacters.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(events).toHaveLength(2);
  });
});

describe('concurrency', () => {
  it('goes up to maxConcurrency and no further', async () => {
    const { map, sendMany, drained } = await queueFixture({ VisibilityTimeout: '60' });
    await sendMany(20);
    let running = 0;
    const seen: number[] = [];
    map(
      async () => {
        running += 1;
        seen.push(running);
        await new Promise((resolve) => setTimeout(resolve, 30));
        running -= 1;
        return { ok: true, payload: null };
      },
      { batchSize: 1, maxConcurrency: 3 },
    );
    await drained();
    expect(seen).toHaveLength(20);
    expect(Math.max(...seen)).toBe(3);
  });

  it('lets messages pass a batch that takes long, even with one poller', async () => {
    const { map, send } = await queueFixture({ VisibilityTimeout: '60' });
    const held = Promise.withResolvers<InvokeResult>();
    const { batches } = map((event) => (bodiesOf(event).includes('slow') ? held.promise : succeed(event)), {
      pollers: 1,
    });
    onTestFinished(() => held.resolve({ ok: true, payload: null }));
    await send('slow');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await send('quick');
    await vi.waitFor(() => expect(batches).toHaveLength(1));
  });
});

describe('close', () => {
  it('ends long polls at once', async () => {
    const { map } = await queueFixture();
    const { close } = map(succeed);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const startedAt = performance.now();
    await close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('lets a running invocation finish and deletes its messages', async () => {
    const { map, send, counts } = await queueFixture({ VisibilityTimeout: '60' });
    const invoked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<InvokeResult>();
    const { close } = map(() => {
      invoked.resolve();
      return held.promise;
    });
    await send('running');
    await invoked.promise;
    const closed = close();
    held.resolve({ ok: true, payload: null });
    await closed;
    expect(counts()).toEqual(empty);
  });

  it('gives messages back that were gathered and not handed over', async () => {
    const { map, sendMany, counts } = await queueFixture({ VisibilityTimeout: '60' });
    const { close, events } = map(succeed, { batchSize: 100, batchingWindowSeconds: 60 });
    await sendMany(15);
    await vi.waitFor(() => expect(counts()).toEqual({ ...empty, inFlight: 15 }));
    await close();
    expect(counts()).toEqual({ ...empty, visible: 15 });
    expect(events).toEqual([]);
  });
});

describe('a queue that does not answer', () => {
  it('is reported and asked again', async () => {
    let down = true;
    const fault = { status: 400, code: 'AccessDenied', message: 'not now' };
    const { map, send } = await queueFixture(
      {},
      { intercept: (operation) => (down && operation.endsWith('.ReceiveMessage') ? fault : undefined) },
    );
    await send('patient');
    const { errors, batches } = map(succeed);
    await vi.waitFor(() => expect(errors[0]?.message).toBe('not now'));
    down = false;
    await vi.waitFor(() => expect(batches).toHaveLength(1), { timeout: 5000 });
  });

  it('that keeps messages it was told to delete is reported', async () => {
    const fault = { status: 400, code: 'AccessDenied', message: 'not deleted' };
    const { map, send } = await queueFixture(
      { VisibilityTimeout: '60' },
      { intercept: (operation) => (operation.endsWith('.DeleteMessageBatch') ? fault : undefined) },
    );
    await send('sticky');
    const { errors } = map(succeed);
    await vi.waitFor(() => expect(errors.map(({ message }) => message)).toEqual(['not deleted']));
  });
});

describe('settings', () => {
  it.each([
    ['batchSize is 0', { batchSize: 0 }],
    ['batchSize is 10001', { batchSize: 10_001 }],
    ['batchingWindowSeconds is -1', { batchingWindowSeconds: -1 }],
    ['batchingWindowSeconds is 301', { batchingWindowSeconds: 301 }],
    ['maxConcurrency is 1', { maxConcurrency: 1 }],
    ['maxConcurrency is NaN', { maxConcurrency: Number.NaN }],
    ['A batchSize above 10 needs', { batchSize: 11 }],
  ])('that AWS refuses are refused: %s', (message, wrong) => {
    const right = { batchSize: 10, batchingWindowSeconds: 0, maxConcurrency: 2 };
    const queue = {
      queueUrl: 'http://127.0.0.1:1/000000000000/q',
      call: () => Promise.reject(new Error('unused')),
      region: 'eu-central-1',
    };
    expect(() => startEventSourceMapping({ ...queue, ...right, invoke: succeed, ...wrong })).toThrow(message);
  });
});
