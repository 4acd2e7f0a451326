import { describe, expect, it } from 'vitest';
import { queueFaults } from './queue-faults.ts';

function start(rates: Parameters<typeof queueFaults>[0]) {
  const faults: string[] = [];
  const undeleted: string[] = [];
  // Always due, and always for the last entry.
  const queue = queueFaults(
    rates,
    () => 0.99,
    (name) => faults.push(name),
    (handle) => undeleted.push(handle),
  );
  return { queue, faults, undeleted };
}

const sends = () => ({
  Entries: [
    { Id: '0', MessageBody: 'a' },
    { Id: '1', MessageBody: 'b' },
  ],
});
const deletes = () => ({
  Entries: [
    { Id: '0', ReceiptHandle: 'a' },
    { Id: '1', ReceiptHandle: 'b' },
  ],
});

describe('queueFaults', () => {
  it('takes the body from one entry of a batch, which SQS then refuses alone', () => {
    const { queue, faults } = start({ unsent: 1 });
    const body = sends();

    expect(queue.intercept('AmazonSQS.SendMessageBatch', body)).toBeUndefined();

    expect(body.Entries.map(({ MessageBody }) => MessageBody)).toEqual(['a', '']);
    expect(faults).toEqual(['unsent']);
  });

  it('keeps one message from being deleted and says which', () => {
    const { queue, faults, undeleted } = start({ undeleted: 1 });
    const body = deletes();

    expect(queue.intercept('AmazonSQS.DeleteMessageBatch', body)).toBeUndefined();

    expect(body.Entries.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(['a', 'spoiled']);
    expect([faults, undeleted]).toEqual([['undeleted'], ['b']]);
  });

  it('refuses messages while it is out of order, and nothing else', () => {
    const { queue } = start({});
    queue.fail(60_000);

    expect(queue.intercept('AmazonSQS.SendMessageBatch', sends())).toMatchObject({ status: 503 });
    expect(queue.intercept('AmazonSQS.DeleteMessageBatch', deletes())).toBeUndefined();
    expect(queue.intercept('AmazonSQS.ReceiveMessage', {})).toBeUndefined();
  });

  it('lets everything pass without faults', () => {
    const { queue, faults } = start({});
    const body = sends();

    queue.intercept('AmazonSQS.SendMessageBatch', body);

    expect(body).toEqual(sends());
    expect(faults).toEqual([]);
  });
});
