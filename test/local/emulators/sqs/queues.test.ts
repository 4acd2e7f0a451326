import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arnOf, bodiesOf, type Fixture, nameOf, startFixture } from '../aws-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const attributesOf = async (url: string, names: QueueAttributeName[] = ['All']) => {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names });
  return (await fixture.sqs.send(command)).Attributes;
};

describe('queues', () => {
  it('have a URL at the origin of the endpoint, so that a client without an endpoint finds them', async () => {
    const url = await fixture.queue();

    expect(url).toBe(`${fixture.server.url}/000000000000/${nameOf(url)}`);
    expect(fixture.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('are found by a client that only knows the environment variable', async () => {
    const url = await fixture.queue();
    const warnings: unknown[] = [];
    const note = (warning: unknown) => warnings.push(warning);
    process.env['AWS_ENDPOINT_URL_SQS'] = fixture.server.url;
    const client = new SQSClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      logger: { debug: () => {}, info: () => {}, trace: () => {}, warn: note, error: note },
    });

    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'found' }));
    client.destroy();
    delete process.env['AWS_ENDPOINT_URL_SQS'];

    expect(warnings).toEqual([]);
    expect(bodiesOf(await fixture.receive(url))).toEqual(['found']);
  });

  it('have the defaults of AWS', async () => {
    const url = await fixture.queue();

    expect(await attributesOf(url)).toMatchObject({
      QueueArn: arnOf(url),
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      VisibilityTimeout: '30',
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
    });
  });

  it('take new attributes, and lose one that is set to nothing', async () => {
    const dead = await fixture.queue();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 3 });
    const url = await fixture.queue({ RedrivePolicy });
    const set = (Attributes: Record<string, string>) =>
      fixture.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));

    await set({ VisibilityTimeout: '77' });
    expect(await attributesOf(url, ['VisibilityTimeout', 'RedrivePolicy'])).toEqual({
      VisibilityTimeout: '77',
      RedrivePolicy,
    });
    await set({ RedrivePolicy: '' });

    expect(await attributesOf(url)).not.toHaveProperty('RedrivePolicy');
  });

  it.each([
    [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    [{ DelaySeconds: 'soon' }, 'InvalidAttributeValue'],
    [{ MaximumMessageSize: '1048577' }, 'InvalidAttributeValue'],
    [{ RedrivePolicy: '{' }, 'InvalidAttributeValue'],
    [{ Colour: 'blue' }, 'InvalidAttributeName'],
    [{ FifoQueue: 'true' }, 'AWS.SimpleQueueService.UnsupportedOperation'],
  ])('refuse the attributes %j', async (attributes, code) => {
    const { FifoQueue, ...others } = { FifoQueue: undefined, ...attributes };
    const given: Record<string, string> = FifoQueue === undefined ? (others as Record<string, string>) : { FifoQueue };

    await expect(fixture.queue(given)).rejects.toMatchObject({ Code: code });
  });

  it.each([
    ['events.fifo', 'AWS.SimpleQueueService.UnsupportedOperation'],
    ['a b', 'InvalidParameterValue'],
    ['x'.repeat(81), 'InvalidParameterValue'],
  ])('cannot be named %s', async (QueueName, code) => {
    await expect(fixture.sqs.send(new CreateQueueCommand({ QueueName }))).rejects.toMatchObject({ Code: code });
  });

  it('are created again only with the same attributes', async () => {
    const create = (VisibilityTimeout: string) =>
      fixture.sqs.send(new CreateQueueCommand({ QueueName: 'same', Attributes: { VisibilityTimeout } }));
    const first = await create('5');

    expect((await create('5')).QueueUrl).toBe(first.QueueUrl);
    await expect(create('6')).rejects.toMatchObject({ name: 'QueueNameExists', Code: 'QueueAlreadyExists' });
  });

  it('are listed by prefix, page by page', async () => {
    for (const name of ['list-b', 'list-a', 'list-c']) {
      await fixture.sqs.send(new CreateQueueCommand({ QueueName: name }));
    }
    const list = async (more: { MaxResults?: number; NextToken?: string } = {}) => {
      const answer = await fixture.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'list-', ...more }));
      return { names: answer.QueueUrls?.map(nameOf), token: answer.NextToken };
    };

    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.token ?? 'none' });

    expect((await list()).names).toEqual(['list-a', 'list-b', 'list-c']);
    expect([first.names, second]).toEqual([['list-a', 'list-b'], { names: ['list-c'], token: undefined }]);
  });

  it('carry tags', async () => {
    const url = await fixture.queue();
    await fixture.sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: { team: 'growth', stage: 'local' } }));
    await fixture.sqs.send(new UntagQueueCommand({ QueueUrl: url, TagKeys: ['stage'] }));

    const { Tags } = await fixture.sqs.send(new ListQueueTagsCommand({ QueueUrl: url }));

    expect(Tags).toEqual({ team: 'growth' });
  });

  it('are purged of all messages, in flight and delayed ones too', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'in flight');
    await fixture.receive(url);
    await fixture.send(url, 'visible');
    await fixture.send(url, 'delayed', { DelaySeconds: 60 });

    await fixture.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));

    expect(fixture.server.queues.counts(nameOf(url))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('are gone once deleted', async () => {
    const url = await fixture.queue();
    await fixture.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));

    await expect(fixture.send(url, 'x')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect(fixture.sqs.send(new GetQueueUrlCommand({ QueueName: nameOf(url) }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });

  it.each([
    { MaxNumberOfMessages: 11 },
    { MaxNumberOfMessages: 0 },
    { WaitTimeSeconds: 21 },
    { VisibilityTimeout: 43_201 },
  ])('refuse a receive with %j', async (more) => {
    const url = await fixture.queue();

    await expect(fixture.receive(url, more)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('ensureQueue', () => {
  it('creates a queue, and brings one that is there up to date', async () => {
    const first = fixture.server.queues.ensureQueue('ensured', { VisibilityTimeout: '5' });
    const second = fixture.server.queues.ensureQueue('ensured', { VisibilityTimeout: '6' });

    expect(second).toEqual(first);
    expect(first).toEqual({ url: `${fixture.server.url}/000000000000/ensured`, arn: arnOf('/ensured') });
    expect(await attributesOf(first.url, ['VisibilityTimeout'])).toEqual({ VisibilityTimeout: '6' });
  });
});
