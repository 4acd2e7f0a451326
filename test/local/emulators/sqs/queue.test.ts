import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../../../local/emulators/sqs/journal-record.ts';
import { newMessage } from '../../../../local/emulators/sqs/message.ts';
import { Queue } from '../../../../local/emulators/sqs/queue.ts';
import { mergeQueueAttributes } from '../../../../local/emulators/sqs/queue-attributes.ts';

function queueAt(now: { value: number }) {
  const records: JournalRecord[] = [];
  const settings = {
    type: 'queue',
    name: 'events',
    attributes: mergeQueueAttributes({}, {}),
    tags: {},
    createdAt: 0,
    modifiedAt: 0,
  } as const;
  const queue = new Queue(settings, 'arn:aws:sqs:us-east-1:000000000000:events', {
    now: () => now.value,
    record: (record) => records.push(record),
    deadLetter: () => false,
  });
  return { queue, records };
}

const receiveOptions = { max: 10, visibilitySeconds: 30, waitSeconds: 0, signal: new AbortController().signal };

describe('Queue', () => {
  it('undoes a receive that reached nobody: visible at once, and not counted', async () => {
    const { queue, records } = queueAt({ value: 1000 });
    queue.add(newMessage({ id: 'm1', body: 'x', attributes: {} }, 1000));
    const received = await queue.receive(receiveOptions);

    queue.release(received);

    expect(queue.counts()).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(records.at(-1)).toEqual({ type: 'receive', queue: 'events', id: 'm1', count: 0, firstAt: undefined });
    expect((await queue.receive(receiveOptions))[0]?.message.receiveCount).toBe(1);
  });

  it('gives nothing to a receiver that is gone already', async () => {
    const { queue } = queueAt({ value: 1000 });
    queue.add(newMessage({ id: 'm1', body: 'x', attributes: {} }, 1000));

    expect(await queue.receive({ ...receiveOptions, signal: AbortSignal.abort() })).toEqual([]);
    expect(queue.counts().visible).toBe(1);
  });

  it('stays right while thousands of messages come, change visibility and go', async () => {
    const now = { value: 1000 };
    const { queue } = queueAt(now);
    for (let index = 0; index < 3000; index += 1) {
      queue.add(newMessage({ id: `${index}`, body: 'x', attributes: {} }, now.value, index % 3));
    }
    now.value += 3000;
    let deleted = 0;
    for (
      let received = await queue.receive(receiveOptions);
      received.length > 0;
      received = await queue.receive(receiveOptions)
    ) {
      for (const { receiptHandle } of received) {
        for (const seconds of [60, 120, 10]) queue.changeVisibility(receiptHandle, seconds);
        if (deleted < 2990) queue.delete(receiptHandle);
        deleted += 1;
      }
    }

    expect(queue.counts()).toEqual({ visible: 0, inFlight: 10, delayed: 0 });
    now.value += 11_000;
    expect(queue.counts()).toEqual({ visible: 10, inFlight: 0, delayed: 0 });
    expect(await queue.receive(receiveOptions)).toHaveLength(10);
  });
});
