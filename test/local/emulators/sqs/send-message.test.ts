import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from '../aws-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const mebibyte = 1024 * 1024;

describe('SendMessage', () => {
  it('keeps attributes of all three types, and digests them as AWS does', async () => {
    const url = await fixture.queue();
    const attributes = {
      text: { DataType: 'String', StringValue: 'naïve 🚀' },
      count: { DataType: 'Number.int', StringValue: '42' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 1, 255) },
    };

    const sent = await fixture.sqs.send(
      new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello', MessageAttributes: attributes }),
    );
    const [message] = await fixture.receive(url);

    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    expect(message?.MessageAttributes).toEqual(attributes);
    expect(sent.MD5OfMessageAttributes).toBe(message?.MD5OfMessageAttributes);
  });

  it('digests attributes byte by byte: length, name, length, type, kind, length, value', async () => {
    const url = await fixture.queue();

    const sent = await fixture.sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: 'hello',
        MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
      }),
    );

    // printf '\0\0\0\1a\0\0\0\6String\1\0\0\0\1b' | md5sum
    expect(sent.MD5OfMessageAttributes).toBe('bef8bf215374a0a228d67533b1a488be');
  });

  it.each([
    ['by their old name', { AttributeNames: ['All' as const], MessageSystemAttributeNames: [] }],
    ['by their new name', { AttributeNames: [], MessageSystemAttributeNames: ['All' as const] }],
  ])('gives system attributes %s', async (_, names) => {
    const url = await fixture.queue();
    await fixture.send(url, 'hello', {
      MessageGroupId: 'storefront',
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5e1b4151-5ac6c58f' } },
    });

    const [message] = await fixture.receive(url, names);

    expect(message?.Attributes).toEqual({
      SenderId: '000000000000',
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      AWSTraceHeader: 'Root=1-5e1b4151-5ac6c58f',
      MessageGroupId: 'storefront',
    });
  });

  it('gives only the system attributes asked for', async () => {
    const url = await fixture.queue();
    await fixture.send(url, 'hello');

    const [message] = await fixture.receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });

    expect(message?.Attributes).toEqual({ ApproximateReceiveCount: '1' });
  });

  it.each([
    [['order.*'], ['order.id', 'order.total']],
    [['source'], ['source']],
    [['.*'], ['order.id', 'order.total', 'source']],
    [[], []],
  ])('gives the message attributes that match %j', async (names, expected) => {
    const url = await fixture.queue();
    const text = { DataType: 'String', StringValue: 'x' };
    await fixture.send(url, 'hello', {
      MessageAttributes: { source: text, 'order.id': text, 'order.total': text },
    });

    const [message] = await fixture.receive(url, { MessageAttributeNames: names });

    expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(expected);
  });

  it.each(['😀 𝒳 emoji', 'tab\tline\nreturn\r', '\uE000\uFFFD'])('takes the body %j', async (body) => {
    const url = await fixture.queue();

    await fixture.send(url, body);

    expect((await fixture.receive(url))[0]?.Body).toBe(body);
  });

  it('takes a body of exactly 1 MiB', async () => {
    const url = await fixture.queue();

    await fixture.send(url, 'x'.repeat(mebibyte));

    expect((await fixture.receive(url))[0]?.Body?.length).toBe(mebibyte);
  });

  const text = (value: string, type = 'String') => ({ DataType: type, StringValue: value });
  it.each([
    ['an empty body', '', {}, 'MissingParameter'],
    ['a control character', 'a\u0000b', {}, 'InvalidMessageContents'],
    ['a noncharacter', 'a\uFFFE', {}, 'InvalidMessageContents'],
    ['one byte over 1 MiB', 'x'.repeat(mebibyte + 1), {}, 'InvalidParameterValue'],
    ['attributes over 1 MiB', 'x'.repeat(mebibyte), { MessageAttributes: { a: text('b') } }, 'InvalidParameterValue'],
    ['an attribute name of AWS', 'x', { MessageAttributes: { 'AWS.a': text('b') } }, 'InvalidParameterValue'],
    ['two dots in a name', 'x', { MessageAttributes: { 'a..b': text('b') } }, 'InvalidParameterValue'],
    ['an empty attribute', 'x', { MessageAttributes: { a: text('') } }, 'InvalidParameterValue'],
    ['an unknown type', 'x', { MessageAttributes: { a: text('b', 'Text') } }, 'InvalidParameterValue'],
    ['a number that is none', 'x', { MessageAttributes: { a: text('b', 'Number') } }, 'InvalidParameterValue'],
    [
      'eleven attributes',
      'x',
      { MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, text('b')])) },
      'InvalidParameterValue',
    ],
    ['a delay over 15 minutes', 'x', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['a group id with a space', 'x', { MessageGroupId: 'a b' }, 'InvalidParameterValue'],
    ['a deduplication id', 'x', { MessageDeduplicationId: 'a' }, 'InvalidParameterValue'],
  ])('refuses %s', async (_, body, more, code) => {
    const url = await fixture.queue();

    await expect(fixture.send(url, body, more)).rejects.toMatchObject({ name: code });
    expect(await fixture.receive(url)).toEqual([]);
  });

  it('applies the maximum size of the queue', async () => {
    const url = await fixture.queue({ MaximumMessageSize: '1024' });

    await fixture.send(url, 'x'.repeat(1024));

    await expect(fixture.send(url, 'x'.repeat(1025))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('SendMessageBatch', () => {
  const batch = (url: string, entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    fixture.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));

  it('takes the good entries and reports each bad one', async () => {
    const url = await fixture.queue();

    const answer = await batch(url, [
      { Id: 'good', MessageBody: 'hello' },
      { Id: 'empty', MessageBody: '' },
      { Id: 'control', MessageBody: '\u0001' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 1000 },
    ]);

    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(answer.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault])).toEqual([
      ['empty', 'MissingParameter', true],
      ['control', 'InvalidMessageContents', true],
      ['late', 'InvalidParameterValue', true],
    ]);
    expect((await fixture.receive(url)).map(({ Body }) => Body)).toEqual(['hello']);
  });

  it('takes ten entries of 1 MiB together', async () => {
    const url = await fixture.queue();
    const sizes = [...Array<number>(9).fill(100_000), mebibyte - 900_000];

    const answer = await batch(
      url,
      sizes.map((size, index) => ({ Id: `${index}`, MessageBody: 'x'.repeat(size) })),
    );

    expect(answer.Successful).toHaveLength(10);
  });

  const entry = (Id: string, MessageBody = 'x') => ({ Id, MessageBody });
  it.each([
    ['no entry', [], 'EmptyBatchRequest'],
    ['eleven entries', Array.from({ length: 11 }, (_, index) => entry(`${index}`)), 'TooManyEntriesInBatchRequest'],
    ['a repeated id', [entry('a'), entry('a')], 'BatchEntryIdsNotDistinct'],
    ['an impossible id', [entry('a b')], 'InvalidBatchEntryId'],
    ['more than 1 MiB', [entry('a', 'x'.repeat(mebibyte)), entry('b')], 'BatchRequestTooLong'],
  ])('refuses %s as a whole', async (_, entries, code) => {
    const url = await fixture.queue();

    await expect(batch(url, entries)).rejects.toMatchObject({ name: code });
    expect(await fixture.receive(url)).toEqual([]);
  });
});
