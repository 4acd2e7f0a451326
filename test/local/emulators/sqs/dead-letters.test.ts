import {
  CancelMessageMoveTaskCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { arnOf, bodiesOf, type Fixture, nameOf, startFixture } from '../aws-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

/** A queue that gives a message up after two receives, and where it goes then. */
async function queueWithDeadLetters(): Promise<{ source: string; dead: string }> {
  const dead = await fixture.queue();
  const source = await fixture.queue({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: '2' }),
  });
  return { source, dead };
}

/** Receives until the messages are given up. */
async function exhaust(source: string): Promise<void> {
  for (let receive = 0; receive < 3; receive += 1) await fixture.receive(source, { VisibilityTimeout: 0 });
}

const tasksOf = async (url: string) => {
  const answer = await fixture.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf(url), MaxResults: 10 }));
  return answer.Results ?? [];
};

const finished = (url: string) =>
  vi.waitFor(async () => {
    const [task] = await tasksOf(url);
    if (task === undefined || task.Status === 'RUNNING') throw new Error('The task still runs.');
    return task;
  });

describe('redrive policy', () => {
  it('moves a message on the receive after the last one it had', async () => {
    const { source, dead } = await queueWithDeadLetters();
    await fixture.send(source, 'poison');

    const first = await fixture.receive(source, { VisibilityTimeout: 0 });
    const second = await fixture.receive(source, { VisibilityTimeout: 0 });
    expect(fixture.server.queues.counts(nameOf(dead)).visible).toBe(0);
    const third = await fixture.receive(source);

    expect([first, second, third].map(bodiesOf)).toEqual([['poison'], ['poison'], []]);
    expect(fixture.server.queues.counts(nameOf(source))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(bodiesOf(await fixture.receive(dead))).toEqual(['poison']);
  });

  it('keeps identity, body, attributes and times, and says where the message came from', async () => {
    const { source, dead } = await queueWithDeadLetters();
    await fixture.send(source, 'poison', {
      MessageGroupId: 'storefront',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'events' } },
    });
    const [before] = await fixture.receive(source, { VisibilityTimeout: 0 });
    fixture.clock.advance(60);
    await exhaust(source);

    const [after] = await fixture.receive(dead);

    expect(after).toMatchObject({
      MessageId: before?.MessageId,
      Body: 'poison',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'events' } },
    });
    expect(after?.Attributes).toEqual({
      ...before?.Attributes,
      ApproximateReceiveCount: '3',
      DeadLetterQueueSourceArn: arnOf(source),
    });
  });

  it('wakes whoever waits at the dead letter queue', async () => {
    const { source, dead } = await queueWithDeadLetters();
    await fixture.send(source, 'poison');
    const poll = fixture.receive(dead, { WaitTimeSeconds: 20 });

    await exhaust(source);

    expect(bodiesOf(await poll)).toEqual(['poison']);
  });

  it('counts receives afresh where the dead letter queue has one of its own', async () => {
    const last = await fixture.queue();
    const dead = await fixture.queue({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(last), maxReceiveCount: 2 }),
    });
    const source = await fixture.queue({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 1 }),
    });
    await fixture.send(source, 'poison');
    await exhaust(source);

    const first = await fixture.receive(dead, { VisibilityTimeout: 0 });
    const second = await fixture.receive(dead, { VisibilityTimeout: 0 });
    await fixture.receive(dead);

    expect([first, second].map(bodiesOf)).toEqual([['poison'], ['poison']]);
    expect(bodiesOf(await fixture.receive(last))).toEqual(['poison']);
  });

  it('lists the sources of a dead letter queue', async () => {
    const { source, dead } = await queueWithDeadLetters();

    const answer = await fixture.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));

    expect(answer.queueUrls).toEqual([source]);
  });

  it.each([
    ['a queue that does not exist', { deadLetterTargetArn: arnOf('/nowhere'), maxReceiveCount: 1 }],
    ['no target', { maxReceiveCount: 1 }],
    ['a count of zero', { deadLetterTargetArn: arnOf('/queue-1'), maxReceiveCount: 0 }],
  ])('refuses %s', async (_, policy) => {
    await expect(fixture.queue({ RedrivePolicy: JSON.stringify(policy) })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('refuses a target that allows no source', async () => {
    const dead = await fixture.queue({ RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
    const policy = { deadLetterTargetArn: arnOf(dead), maxReceiveCount: 1 };

    await expect(fixture.queue({ RedrivePolicy: JSON.stringify(policy) })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('message move tasks', () => {
  const start = (dead: string, more: { DestinationArn?: string; MaxNumberOfMessagesPerSecond?: number } = {}) =>
    fixture.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf(dead), ...more }));

  it('brings messages back to their source as new ones', async () => {
    const { source, dead } = await queueWithDeadLetters();
    const sent = await fixture.send(source, 'poison');
    await exhaust(source);

    await start(dead);
    const task = await finished(dead);
    const [message] = await fixture.receive(source);

    expect(task).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, SourceArn: arnOf(dead) });
    expect(message).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
    expect(message?.MessageId).not.toBe(sent.MessageId);
    expect(message?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
    expect(await fixture.receive(dead)).toEqual([]);
  });

  it('brings messages to a queue that is named', async () => {
    const { dead } = await queueWithDeadLetters();
    const other = await fixture.queue();
    const bodies = Array.from({ length: 250 }, (_, index) => `${index}`);
    await Promise.all(bodies.map((body) => fixture.send(dead, body)));

    await start(dead, { DestinationArn: arnOf(other) });
    const task = await finished(dead);

    expect(task).toMatchObject({ Status: 'COMPLETED', DestinationArn: arnOf(other) });
    expect(fixture.server.queues.counts(nameOf(other)).visible).toBe(250);
  });

  it('fails when nobody knows where a message came from, and keeps it', async () => {
    const { dead } = await queueWithDeadLetters();
    await fixture.send(dead, 'sent here directly');

    await start(dead);
    const task = await finished(dead);

    expect(task).toMatchObject({ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' });
    expect(bodiesOf(await fixture.receive(dead))).toEqual(['sent here directly']);
  });

  it('moves at the rate asked for, one task at a time, and can be cancelled', async () => {
    const { dead } = await queueWithDeadLetters();
    const other = await fixture.queue();
    for (const body of ['a', 'b', 'c']) await fixture.send(dead, body);

    const { TaskHandle } = await start(dead, { DestinationArn: arnOf(other), MaxNumberOfMessagesPerSecond: 1 });
    await expect(start(dead)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(await tasksOf(dead)).toMatchObject([{ Status: 'RUNNING', TaskHandle }]);
    const cancelled = await fixture.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));

    expect(cancelled.ApproximateNumberOfMessagesMoved).toBeLessThan(3);
    expect(await tasksOf(dead)).toMatchObject([{ Status: 'CANCELLED' }]);
    const moved = fixture.server.queues.counts(nameOf(other)).visible;
    expect(moved).toBe(cancelled.ApproximateNumberOfMessagesMoved);
    expect(fixture.server.queues.counts(nameOf(dead)).visible).toBe(3 - moved);
  });

  it('refuses a source that is no dead letter queue, and one that does not exist', async () => {
    const url = await fixture.queue();

    await expect(start(url)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(start('/nowhere')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses to cancel what does not run', async () => {
    await expect(fixture.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: 'x' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
