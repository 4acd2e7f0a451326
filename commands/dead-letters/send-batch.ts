import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface Outgoing {
  readonly body: string;
  readonly groupId: string | undefined;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const limits = { entries: 10, bytes: 1024 * 1024 };

/** Cuts what is to be sent, in order, into parts that each fit one request. */
export function toBatches<Item extends Outgoing>(items: readonly Item[]): Item[][] {
  const batches: Item[][] = [];
  let openBytes = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(item.body);
    const open = batches.at(-1);
    if (open === undefined || open.length === limits.entries || openBytes + bytes > limits.bytes) {
      batches.push([item]);
      openBytes = bytes;
    } else {
      open.push(item);
      openBytes += bytes;
    }
  }
  return batches;
}

/**
 * Sends one batch.
 *
 * @returns the items that SQS confirmed, each by itself
 * @throws the SDK's error when the request as a whole failed
 */
export async function sendBatch<Item extends Outgoing>(
  client: SQSClient,
  queueUrl: string,
  batch: readonly Item[],
): Promise<Item[]> {
  const Entries = batch.map(({ body, groupId }, index) => ({
    Id: String(index),
    MessageBody: body,
    MessageGroupId: groupId,
  }));
  const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  const confirmed = new Set(Successful.map(({ Id }) => Id));
  return batch.filter((_, index) => confirmed.has(String(index)));
}
