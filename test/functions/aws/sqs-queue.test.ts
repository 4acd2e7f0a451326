import { afterEach, describe, expect, it } from 'vitest';
import { sqsQueue } from '../../../functions/aws/sqs-queue.ts';
import type { Fault } from '../../../local/emulators/aws/request-listener.ts';
import { QueueUnavailableError } from '../../../shared/errors.ts';
import { packMessages } from '../../../shared/queue/message.ts';
import { messageText } from '../../../shared/lib/json/message-text.ts';
import { bodiesOf, type Fixture, nameOf, sqsClient, startFixture } from '../../local/emulators/aws-fixture.ts';
import { track } from '../../support/factories.ts';

interface Entry {
  readonly Id: string;
  MessageBody: string;
  readonly MessageGroupId?: string;
  readonly DelaySeconds?: number;
}

let fixture: Fixture;
afterEach(() => fixture.close());

/** A queue on a server of its own, with a look at every batch that arrives and a say in what becomes of it. */
async function start(interfere: (entries: Entry[], call: number) => Fault | undefined = () => undefined) {
  const calls: Entry[][] = [];
  fixture = await startFixture({
    intercept: (operation, body) => {
      if (operation !== 'AmazonSQS.SendMessageBatch') return undefined;
      const { Entries } = body as { Entries: Entry[] };
      calls.push(structuredClone(Entries));
      return interfere(Entries, calls.length);
    },
  });
  const url = await fixture.queue();
  return { url, calls, queue: sqsQueue(fixture.sqs, url), count: () => fixture.server.queues.counts(nameOf(url)) };
}

const down: Fault = { status: 500, code: 'InternalFailure', message: 'jane@example.com' };

/** Spoils one entry, so that SQS refuses it within its batch. */
const spoil = (entry: Entry | undefined): void => {
  if (entry) entry.MessageBody = '\u0000';
};

const messages = (count: number, body = (index: number): string => `message ${index}`) =>
  Array.from({ length: count }, (_, index) => ({ body: body(index) }));

async function receiveAll(url: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const page = await fixture.receive(url, { VisibilityTimeout: 600 });
    if (page.length === 0) return bodies.sort();
    bodies.push(...bodiesOf(page));
  }
}

describe('sqsQueue', () => {
  it('sends nothing for no messages', async () => {
    const { queue, calls } = await start();

    await queue.send([]);

    expect(calls).toEqual([]);
  });

  it('sends ten messages in a batch, and all of them once', async () => {
    const { queue, calls, url } = await start();

    await queue.send(messages(95));

    expect(calls.map(({ length }) => length).sort((a, b) => b - a)).toEqual([...new Array(9).fill(10), 5]);
    expect(await receiveAll(url)).toEqual(
      messages(95)
        .map(({ body }) => body)
        .sort(),
    );
  });

  it.each([
    ['1 MB', 8, 128 * 1024, [8]],
    ['1 MB and a byte', 8, 128 * 1024 + 1, [7, 1]],
    ['several MB', 5, 600 * 1024, [1, 1, 1, 1, 1]],
  ])('cuts batches at 1 MB: %s', async (_, count, bytes, batches) => {
    const { queue, calls, count: counts } = await start();

    await queue.send(messages(count, () => 'x'.repeat(bytes)));

    expect(calls.map(({ length }) => length)).toEqual(batches);
    expect(counts().visible).toBe(count);
  });

  it('counts bytes, not characters', async () => {
    const { queue, calls } = await start();

    await queue.send(messages(2, () => 'ß'.repeat(300 * 1024)));

    expect(calls).toHaveLength(2);
  });

  it('passes group and delay on', async () => {
    const { queue, calls, url } = await start();

    await queue.send([{ body: 'a', groupId: 'shop', delaySeconds: 900 }, { body: 'b' }]);

    expect(calls).toEqual([
      [
        { Id: '0', MessageBody: 'a', MessageGroupId: 'shop', DelaySeconds: 900 },
        { Id: '1', MessageBody: 'b' },
      ],
    ]);
    expect(await receiveAll(url)).toEqual(['b']);
  });

  it('brings any text of an event through SQS', async () => {
    const { queue, url } = await start();
    const event = track('\uFFFE\uFFFF\uD83D\uDC00', { 'a\uFFFF': 'x\u0000\\\uFFFE🛒' });
    const json = messageText(event);

    await queue.send(packMessages({ source: 'server' }, [{ json, bytes: json.length }]).map((body) => ({ body })));

    const [body = ''] = await receiveAll(url);
    expect(JSON.parse(body)).toEqual({ version: 1, source: 'server', events: [event] });
  });

  it('sends again only what SQS did not take', async () => {
    const { queue, calls, url } = await start((entries, call) => {
      if (call === 1) for (const index of [1, 3]) spoil(entries[index]);
      return undefined;
    });

    await queue.send(messages(5));

    expect(calls.map((entries) => entries.map(({ MessageBody }) => MessageBody))).toEqual([
      ['message 0', 'message 1', 'message 2', 'message 3', 'message 4'],
      ['message 1', 'message 3'],
    ]);
    expect(await receiveAll(url)).toEqual(messages(5).map(({ body }) => body));
  });

  it('gives up after three attempts when an entry keeps failing, and has not lost its neighbours', async () => {
    const { queue, calls, url } = await start((entries) => {
      spoil(entries.find(({ MessageBody }) => MessageBody === 'message 1'));
      return undefined;
    });

    await expect(queue.send(messages(3))).rejects.toMatchObject({
      name: 'QueueUnavailableError',
      code: 'queue_unavailable',
    });

    expect(calls.map(({ length }) => length)).toEqual([3, 1, 1]);
    expect(await receiveAll(url)).toEqual(['message 0', 'message 2']);
  });

  it('fails when SQS is down, and says nothing of its answer', async () => {
    const { queue } = await start(() => down);

    const error = await queue.send(messages(1)).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(QueueUnavailableError);
    expect((error as QueueUnavailableError).message).not.toContain('jane');
  });

  it('fails when one batch of several fails', async () => {
    const { queue } = await start((_, call) => (call === 2 ? down : undefined));

    await expect(queue.send(messages(30))).rejects.toBeInstanceOf(QueueUnavailableError);
  });

  it('fails when nobody answers', async () => {
    const { url } = await start();
    const unreachable = sqsClient('http://127.0.0.1:1');

    await expect(sqsQueue(unreachable, url.replace(/:\d+/, ':1')).send(messages(1))).rejects.toBeInstanceOf(
      QueueUnavailableError,
    );
    unreachable.destroy();
  });

  it('fails when the queue does not exist', async () => {
    const { url } = await start();

    await expect(sqsQueue(fixture.sqs, `${url}-other`).send(messages(1))).rejects.toBeInstanceOf(QueueUnavailableError);
  });
});
