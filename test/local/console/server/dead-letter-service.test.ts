import { hash } from 'node:crypto';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deadLetterService } from '../../../../local/console/server/dead-letter-service.ts';
import { embeddedLetters } from '../../../../local/console/server/embedded-letters.ts';
import { embeddedQueue, startAwsServer } from '../../../../local/emulators/aws/aws-server.ts';
import { ensureQueues, queueNames } from '../../../../local/runtime/queues.ts';
import type { DeadLetter, RejectedEvents } from '../../../../shared/queue/dead-letter.ts';

const now = new Date().toISOString();
const event = (number: number, more: object = {}) => ({
  ...{ type: 'track', event: 'Order Completed', messageId: `order-${number}`, timestamp: now, receivedAt: now },
  userId: `user-${number}`,
  ...more,
});
const letter = (number: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
  ...{ version: 1, stage: 'deliver', code: 'currency_invalid', reason: 'No such currency.', fix: 'Send it.' },
  ...{ attempts: 0, source: 'shop', destination: 'main', mapping: 'Purchase', firstFailedAt: now, lastFailedAt: now },
  event: event(number),
  ...more,
});
const rejected = (events: readonly unknown[], notKept = 0): RejectedEvents => ({
  ...{ version: 2, stage: 'ingest', code: 'event_not_allowed', reason: 'Not allowed.', fix: 'Allow it.' },
  ...{ source: 'shop', failedAt: now, notKept, events: [...events] },
});

async function startService() {
  const region = 'us-east-1';
  const aws = await startAwsServer({ region });
  const queues = ensureQueues(aws);
  const client = new SQSClient({ endpoint: aws.url, region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const store = embeddedLetters(embeddedQueue(aws.queues, queueNames.deadLetters), client, queues.deadLetters);
  const service = deadLetterService({ store, client, eventsQueue: queues.events, rules: () => () => ({}) });
  onTestFinished(async () => {
    service.close();
    client.destroy();
    await aws.close();
  });
  const bodies = (name: keyof typeof queueNames): unknown[] =>
    [...aws.queues.messages(queueNames[name])].map(({ body }) => JSON.parse(body));
  return {
    ...{ service, client, queues },
    put: (body: unknown) =>
      client.send(new SendMessageCommand({ QueueUrl: queues.deadLetters, MessageBody: JSON.stringify(body) })),
    list: (query = {}) => service.list({ query, limit: 10_000 }),
    counts: (name: keyof typeof queueNames) => aws.queues.counts(queueNames[name]),
    bodies,
    /** Message ids of all events that lie in a queue. */
    idsIn: (name: keyof typeof queueNames): string[] =>
      bodies(name)
        .flatMap((body) => {
          const { event: one, events } = body as { event?: unknown; events?: unknown[] };
          return (events ?? [one]) as { messageId: string }[];
        })
        .map(({ messageId }) => messageId)
        .toSorted(),
  };
}

const confirmed = true;

describe('the dead letters of the console', () => {
  it('lists all without hiding one from anybody', async () => {
    const { put, list, counts } = await startService();
    for (let number = 0; number < 30; number++) await put(letter(number));

    const { letters, matching, all } = await list();

    expect([letters.length, matching, all]).toEqual([30, 30, 30]);
    expect(counts('deadLetters')).toEqual({ visible: 30, inFlight: 0, delayed: 0 });
  });

  it('acts on what a list held, whatever came since', async () => {
    const { service, put, list, idsIn } = await startService();
    for (let number = 0; number < 12; number++) await put(letter(number));
    const { run, upTo } = await list();
    await put(letter(100));
    await put(letter(101, { code: 'field_missing' }));

    const moved = await service.redrive({ chosen: { query: { code: 'currency_invalid' }, upTo, run }, confirmed });

    expect(moved).toMatchObject({ done: 12, doneBy: { currency_invalid: 12 }, kept: [] });
    expect(idsIn('deadLetters')).toEqual(['order-100', 'order-101']);
    expect(idsIn('events')).toHaveLength(12);
  });

  it('pages through a list that does not move', async () => {
    const { service, put } = await startService();
    for (let number = 0; number < 7; number++) await put(letter(number));
    const first = await service.list({ query: {}, limit: 3 });
    await put(letter(100));
    const next = { query: { upTo: first.upTo }, limit: 3 };
    const second = await service.list({ ...next, before: first.before });
    const third = await service.list({ ...next, before: second.before });

    const seen = [first, second, third].map(({ letters }) => letters.map(({ messageId }) => messageId).join(' '));

    expect(seen).toEqual(['order-6 order-5 order-4', 'order-3 order-2 order-1', 'order-0']);
    expect(third).not.toHaveProperty('before');
  });

  it.each(['redrive', 'purge'] as const)(
    '%s takes one event of many in a message, and the others stay',
    async (action) => {
      const { service, put, list, idsIn, bodies } = await startService();
      await put(rejected([event(1), event(2), event(3)], 4));
      const keyOf = async (messageId: string): Promise<string> =>
        (await list()).letters.find((one) => one.messageId === messageId)?.key ?? '';
      const [second, third] = [await keyOf('order-2'), await keyOf('order-3')];

      const moved = await service[action]({ chosen: { keys: [second] }, confirmed });

      expect(moved).toMatchObject({ done: 1, keys: [second], kept: [] });
      expect(idsIn('deadLetters')).toEqual(['order-1', 'order-3']);
      expect(bodies('deadLetters')).toMatchObject([{ notKept: 4 }]);
      expect(idsIn('events')).toEqual(action === 'redrive' ? ['order-2'] : []);

      // The others keep their names, though they lie in another message now.
      expect(await service[action]({ chosen: { keys: [third, second] }, confirmed })).toMatchObject({
        ...{ done: 1, keys: [third] },
        kept: [{ keys: [second] }],
      });
      expect(idsIn('deadLetters')).toEqual(['order-1']);
    },
  );

  it('says what is held by somebody else, and touches nothing of it', async () => {
    const { service, put, list, client, queues, counts } = await startService();
    await put(letter(1));
    const [only] = (await list()).letters;
    await client.send(new ReceiveMessageCommand({ QueueUrl: queues.deadLetters, VisibilityTimeout: 60 }));

    const moved = await service.purge({ chosen: { keys: [only?.key ?? ''] }, confirmed });

    expect(moved).toMatchObject({ done: 0, kept: [{ events: 1, why: expect.stringContaining('Somebody else') }] });
    expect(counts('deadLetters').inFlight).toBe(1);
  });

  it('counts what stays by why', async () => {
    const { service, put, list } = await startService();
    await put(letter(1));
    await put(letter(2, { stage: 'ingest', code: 'identity_missing', event: { type: 'track', event: 'A' } }));
    await put(letter(3, { stage: 'ingest', code: 'identity_missing', event: { type: 'track', event: 'B' } }));
    const { run, upTo } = await list();

    const moved = await service.redrive({ chosen: { query: {}, upTo, run }, confirmed });

    expect(moved).toMatchObject({
      ...{ done: 1, doneBy: { currency_invalid: 1 } },
      kept: [{ events: 2, why: expect.stringContaining('identity_missing') }],
    });
  });

  it('groups by reason, with a trend, times and a sample', async () => {
    const { put, list } = await startService();
    const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
    for (const hours of [5, 5, 1]) {
      await put(letter(hours, { firstFailedAt: hoursAgo(hours + 1), lastFailedAt: hoursAgo(hours) }));
    }
    await put(rejected([event(7)], 9));

    const { groups } = await list();

    expect(groups).toMatchObject([
      { code: 'event_not_allowed', stage: 'ingest', events: 10, letters: 2 },
      {
        ...{ code: 'currency_invalid', events: 3, letters: 3, barMs: 3_600_000 },
        eventNames: [{ name: 'Order Completed', count: 3 }],
        sample: { messageId: 'order-1' },
      },
    ]);
    expect(groups[1]?.trend.reduce((sum, bar) => sum + bar, 0)).toBe(3);
    expect(groups[1]?.trend.filter((bar) => bar > 0)).toEqual([2, 1]);
  });

  it.each([
    { title: 'a user id', text: 'user-12', found: ['order-12', 'order-120'] },
    { title: 'a whole value', text: '"user-12"', found: ['order-12'] },
    { title: 'an email in any case', text: 'JANE12@', found: ['order-12'] },
    { title: 'the digest of an email', text: hash('sha256', 'jane12@shop.example'), found: ['order-12'] },
    { title: 'the digest of a user id', text: hash('sha256', 'user-120'), found: ['order-120'] },
    { title: 'a part of a URL', text: 'shop.example/120', found: ['order-120'] },
    { title: 'a reason', text: 'currency_invalid', found: ['order-12', 'order-120'] },
  ])('finds $title', async ({ text, found }) => {
    const { put, list } = await startService();
    for (const number of [12, 120]) {
      const context = {
        traits: { email: `Jane${number}@shop.example` },
        page: { url: `https://shop.example/${number}` },
      };
      await put(letter(number, { event: event(number, { context }) }));
    }

    const { letters } = await list({ text });

    expect(letters.map(({ messageId }) => messageId).toSorted()).toEqual(found);
  });

  it('refuses a list from before a restart', async () => {
    const { service, put } = await startService();
    await put(letter(1));

    await expect(service.purge({ chosen: { query: {}, upTo: 1, run: 'another' }, confirmed })).rejects.toThrow(
      'before a restart',
    );
  });
});
