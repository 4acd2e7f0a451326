import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { QueueUnavailableError } from '../../shared/errors.ts';
import { mapConcurrently } from '../../shared/lib/concurrency.ts';
import { largestMessageBytes } from '../../shared/queue/message.ts';
import type { MessageQueue, OutgoingMessage } from '../../shared/queue/ports.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const batchLimits = { entries: 10, bytes: largestMessageBytes };
const parallelBatches = 8;
const attempts = 3;
const pauseMs = 100;

/** A queue over `SendMessageBatch`. Entries that SQS reports as failed are sent again; a batch never half succeeds unnoticed. */
export function sqsQueue(client: SQSClient, queueUrl: string): MessageQueue {
  async function sendBatch(messages: readonly OutgoingMessage[]): Promise<void> {
    let owed = messages;
    for (let attempt = 1; ; attempt++) {
      const failed = await failedOf(owed);
      if (failed.length === 0) return;
      if (attempt === attempts) throw new QueueUnavailableError(`SQS did not take ${failed.length} messages.`);
      owed = failed;
      await sleep(pauseMs * attempt);
    }
  }

  async function failedOf(messages: readonly OutgoingMessage[]): Promise<OutgoingMessage[]> {
    const command = new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: messages.map(({ body, groupId, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: groupId,
        DelaySeconds: delaySeconds,
      })),
    });
    try {
      const { Successful = [] } = await client.send(command);
      const confirmed = new Set(Successful.map(({ Id }) => Id));
      return messages.filter((_, index) => !confirmed.has(String(index)));
    } catch (error) {
      throw new QueueUnavailableError('SQS could not be reached.', error);
    }
  }

  return {
    async send(messages) {
      await mapConcurrently(toBatches(messages), parallelBatches, sendBatch);
    },
  };
}

function toBatches(messages: readonly OutgoingMessage[]): OutgoingMessage[][] {
  const batches: OutgoingMessage[][] = [];
  let open: OutgoingMessage[] = [];
  let openBytes = 0;
  for (const message of messages) {
    const bytes = Buffer.byteLength(message.body);
    if (open.length === batchLimits.entries || (open.length > 0 && openBytes + bytes > batchLimits.bytes)) {
      batches.push(open);
      open = [];
      openBytes = 0;
    }
    open.push(message);
    openBytes += bytes;
  }
  if (open.length > 0) batches.push(open);
  return batches;
}
