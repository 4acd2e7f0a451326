import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesOf, type Fixture, handleOf, nameOf, startFixture } from '../aws-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const change = (url: string, handle: string, seconds: number) =>
  fixture.sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: seconds }),
  );

const remove = (url: string, handle: string) =>
  fixture.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }));

describe('delay', () => {
  it.each([
    ['of the message', {}, { DelaySeconds: 5 }],
    ['of the queue', { DelaySeconds: '5' }, {}],
    ['of the message before that of the queue', { DelaySeconds: '600' }, { DelaySeconds: 5 }],
  ])('holds a message back by the delay %s', async (_, attributes, more) => {
    const url = await fixture.queue(attributes);
    await fixture.send(url, 'later', more);

    const before = await fixture.receive(url);
    fixture.clock.advance(6);
    const after = await fixture.receive(url);

    expect([before, bodiesOf(after)]).toEqual([[], ['later']]);
  });
});

describe('counts', () => {
  it('follow delay, receive, visibility and deletion, without anybody receiving', async () => {
    const url = await fixture.queue({ VisibilityTimeout: '10' });
    const counts = () => fixture.server.queues.counts(nameOf(url));
    await fixture.send(url, 'now');
    await fixture.send(url, 'later', { DelaySeconds: 5 });
    expect(counts()).toEqual({ visible: 1, inFlight: 0, delayed: 1 });

    const handle = handleOf(await fixture.receive(url));
    expect(counts()).toEqual({ visible: 0, inFlight: 1, delayed: 1 });

    fixture.clock.advance(6);
    expect(counts()).toEqual({ visible: 1, inFlight: 1, delayed: 0 });

    fixture.clock.advance(6);
    expect(counts()).toEqual({ visible: 2, inFlight: 0, delayed: 0 });

    await remove(url, handle);
    expect(counts()).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  it('are attributes of the queue', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'one');
    await fixture.send(url, 'two');
    await fixture.send(url, 'later', { DelaySeconds: 60 });
    await fixture.receive(url, { MaxNumberOfMessages: 1 });

    const { Attributes } = await fixture.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );

    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });
});

describe('retention', () => {
  it('drops a message once it is older, in flight or not', async () => {
    const url = await fixture.queue({ MessageRetentionPeriod: '60' });
    await fixture.send(url, 'seen');
    await fixture.receive(url, { VisibilityTimeout: 600 });
    await fixture.send(url, 'unseen');
    fixture.clock.advance(30);
    await fixture.send(url, 'young');

    fixture.clock.advance(31);

    expect(fixture.server.queues.counts(nameOf(url))).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(bodiesOf(await fixture.receive(url))).toEqual(['young']);
  });
});

describe('visibility', () => {
  it.each([
    ['that of the queue', { VisibilityTimeout: '20' }, {}],
    ['that of the receive', {}, { VisibilityTimeout: 20 }],
  ])('ends after %s, and the message comes again with a higher count', async (_, attributes, more) => {
    const url = await fixture.queue(attributes);
    await fixture.send(url, 'again');
    await fixture.receive(url, more);

    fixture.clock.advance(19);
    const early = await fixture.receive(url, more);
    fixture.clock.advance(2);
    const [late] = await fixture.receive(url, more);

    expect(early).toEqual([]);
    expect(late?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it.each([
    ['to nothing', 0, 0],
    ['shorter', 5, 6],
    ['longer', 120, 121],
  ])('changes %s', async (_, seconds, comesBackAfter) => {
    const url = await fixture.queue({ VisibilityTimeout: '30' });
    await fixture.send(url, 'again');
    await change(url, handleOf(await fixture.receive(url)), seconds);

    fixture.clock.advance(Math.max(comesBackAfter - 3, 0));
    const early = seconds === 0 ? [] : await fixture.receive(url);
    fixture.clock.advance(seconds === 0 ? 0 : 3);
    const [late] = await fixture.receive(url);

    expect(early).toEqual([]);
    expect(late?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('does not raise the receive count when it is changed', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'again');
    const handle = handleOf(await fixture.receive(url));
    await change(url, handle, 100);
    await change(url, handle, 50);
    await change(url, handle, 0);

    const [message] = await fixture.receive(url);

    expect(message?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('cannot be changed once it has ended', async () => {
    const url = await fixture.queue({ VisibilityTimeout: '5' });
    await fixture.send(url, 'again');
    const handle = handleOf(await fixture.receive(url));
    fixture.clock.advance(6);

    await expect(change(url, handle, 60)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(bodiesOf(await fixture.receive(url))).toEqual(['again']);
  });

  it('ends 12 hours after the receive at the latest', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'long');
    const handle = handleOf(await fixture.receive(url));
    fixture.clock.advance(10);

    await expect(change(url, handle, 43_195)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(change(url, handle, 43_201)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('changes in batches, each entry by itself', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'one');
    const handle = handleOf(await fixture.receive(url));

    const answer = await fixture.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', ReceiptHandle: handle, VisibilityTimeout: 0 },
          { Id: 'garbage', ReceiptHandle: 'garbage', VisibilityTimeout: 0 },
        ],
      }),
    );

    expect(answer.Successful).toEqual([{ Id: 'good' }]);
    expect(answer.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([['garbage', 'ReceiptHandleIsInvalid']]);
    expect(bodiesOf(await fixture.receive(url))).toEqual(['one']);
  });
});

describe('receipt handles', () => {
  it('deletes with the latest handle, even after visibility has ended', async () => {
    const url = await fixture.queue({ VisibilityTimeout: '5' });
    await fixture.send(url, 'done');
    const handle = handleOf(await fixture.receive(url));
    fixture.clock.advance(6);

    await remove(url, handle);

    expect(await fixture.receive(url)).toEqual([]);
  });

  it('ignores a stale handle', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'again');
    const stale = handleOf(await fixture.receive(url, { VisibilityTimeout: 0 }));
    const fresh = handleOf(await fixture.receive(url));

    await remove(url, stale);
    await expect(change(url, stale, 0)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await change(url, fresh, 0);

    expect(bodiesOf(await fixture.receive(url))).toEqual(['again']);
  });

  it('deletes twice without complaint', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'done');
    const handle = handleOf(await fixture.receive(url));

    await remove(url, handle);

    await expect(remove(url, handle)).resolves.toBeDefined();
  });

  it('refuses garbage, and handles of another queue', async () => {
    const [url, other] = [await fixture.queue(), await fixture.queue()];
    await fixture.send(url, 'mine');
    const handle = handleOf(await fixture.receive(url));

    await expect(remove(url, 'garbage')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    await expect(change(url, 'garbage', 1)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    await expect(remove(other, handle)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('deletes in batches, each entry by itself', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'one');
    const handle = handleOf(await fixture.receive(url));

    const answer = await fixture.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', ReceiptHandle: handle },
          { Id: 'garbage', ReceiptHandle: 'garbage' },
        ],
      }),
    );

    expect(answer.Successful).toEqual([{ Id: 'good' }]);
    expect(answer.Failed?.map(({ Id }) => Id)).toEqual(['garbage']);
    expect(fixture.server.queues.counts(nameOf(url))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});
