import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesOf, type Fixture, handleOf, nameOf, sqsClient, startFixture } from '../aws-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const timed = async <T>(work: Promise<T>): Promise<{ value: T; milliseconds: number }> => {
  const start = performance.now();
  return { value: await work, milliseconds: performance.now() - start };
};

describe('long polling', () => {
  it('answers at once when a message arrives', async () => {
    const url = await fixture.queue();
    const poll = timed(fixture.receive(url, { WaitTimeSeconds: 20 }));
    await sleep(100);

    await fixture.send(url, 'awaited');
    const { value, milliseconds } = await poll;

    expect(bodiesOf(value)).toEqual(['awaited']);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it('hands a batch out whole', async () => {
    const url = await fixture.queue();
    const poll = fixture.receive(url, { WaitTimeSeconds: 20 });
    await sleep(100);

    await fixture.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: ['a', 'b', 'c'].map((body) => ({ Id: body, MessageBody: body })),
      }),
    );

    expect(bodiesOf(await poll)).toEqual(['a', 'b', 'c']);
  });

  it('answers when a message comes back into sight', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'again');
    await fixture.receive(url, { VisibilityTimeout: 1 });

    const { value, milliseconds } = await timed(fixture.receive(url, { WaitTimeSeconds: 20 }));

    expect(bodiesOf(value)).toEqual(['again']);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it('answers when somebody else noticed first that a message came back', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'again');
    await fixture.receive(url, { VisibilityTimeout: 600 });
    const poll = fixture.receive(url, { WaitTimeSeconds: 20 });
    await sleep(100);

    fixture.clock.advance(601);
    fixture.server.queues.counts(nameOf(url));

    expect(bodiesOf(await poll)).toEqual(['again']);
  }, 10_000);

  it('answers when a receiver gives a message back', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'again');
    const handle = handleOf(await fixture.receive(url));
    const poll = fixture.receive(url, { WaitTimeSeconds: 20 });
    await sleep(100);

    await fixture.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: 0 }),
    );

    expect(bodiesOf(await poll)).toEqual(['again']);
  });

  it('answers when a delay is over', async () => {
    const url = await fixture.queue();
    const poll = timed(fixture.receive(url, { WaitTimeSeconds: 20 }));
    await sleep(50);

    await fixture.send(url, 'later', { DelaySeconds: 1 });
    const { value, milliseconds } = await poll;

    expect(bodiesOf(value)).toEqual(['later']);
    expect(milliseconds).toBeGreaterThan(900);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it.each([
    ['the time asked for', {}, { WaitTimeSeconds: 1 }],
    ['the time of the queue', { ReceiveMessageWaitTimeSeconds: '1' }, {}],
  ])('ends empty after %s', async (_, attributes, more) => {
    const url = await fixture.queue(attributes);

    const { value, milliseconds } = await timed(fixture.receive(url, more));

    expect(value).toEqual([]);
    expect(milliseconds).toBeGreaterThan(900);
  });

  it('does not wait when nothing says so', async () => {
    const url = await fixture.queue();

    const { milliseconds } = await timed(fixture.receive(url));

    expect(milliseconds).toBeLessThan(900);
  });

  it('ends when its queue is deleted', async () => {
    const url = await fixture.queue();
    const poll = timed(fixture.receive(url, { WaitTimeSeconds: 20 }));
    await sleep(100);

    await fixture.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));

    expect((await poll).milliseconds).toBeLessThan(10_000);
  });

  it('leaves messages alone once its client went away', async () => {
    const url = await fixture.queue();
    const gone = new AbortController();
    const poll = fixture.sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: gone.signal,
    });
    await sleep(100);
    gone.abort();
    await expect(poll).rejects.toMatchObject({ name: 'AbortError' });
    await sleep(100);

    await fixture.send(url, 'still there');
    const [message] = await fixture.receive(url);

    expect(message?.Body).toBe('still there');
    expect(message?.Attributes?.ApproximateReceiveCount).toBe('1');
  });

  it('never gives one message to two of 20 pollers', async () => {
    const url = await fixture.queue();
    const total = 400;
    const seen: string[] = [];
    const clients = Array.from({ length: 20 }, () => sqsClient(fixture.server.url));
    const pollers = clients.map(async (client) => {
      while (seen.length < total) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        seen.push(...bodiesOf(Messages));
        if (Messages.length === 0) continue;
        await client.send(
          new DeleteMessageBatchCommand({
            QueueUrl: url,
            Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })),
          }),
        );
      }
    });

    for (let first = 0; first < total; first += 10) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: `${first + index}` }));
      await fixture.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    }
    await Promise.all(pollers);
    for (const client of clients) client.destroy();

    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
    expect(fixture.server.queues.counts(nameOf(url))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  }, 20_000);
});
