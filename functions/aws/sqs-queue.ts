import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { QueueUnavailableError } from '../../shared/errors.ts';
import { mapConcurrently } from '../../shared/lib/concurrency.ts';
import { sqsLimits, suspectAttribute } from '../../shared/queue/message.ts';
import type { MessageQueue, OutgoingMessage } from '../../shared/queue/ports.ts';

const parallelBatches = 8;
const attempts = 3;
const pauseMs = 100;

/** A message and its place among all that are sent. */
interface Entry {
  readonly place: number;
  readonly message: OutgoingMessage;
}

/**
 * A queue over `SendMessageBatch`. Entries that SQS reports as failed are sent again; the batches do not depend on one
 * another, so that what was confirmed stays confirmed.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function sqsQueue(client: SQSClient, queueUrl: string): MessageQueue {
  /** Sends one batch. @returns what was not confirmed, and why not */
  async function sendBatch(entries: readonly Entry[]): Promise<{ owed: readonly Entry[]; cause?: unknown }> {
    let owed = entries;
    for (let attempt = 1; ; attempt++) {
      try {
        owed = await unconfirmedOf(owed);
      } catch (cause) {
        return { owed, cause };
      }
      if (owed.length === 0 || attempt === attempts) return { owed };
      await sleep(pauseMs * attempt);
    }
  }

  async function unconfirmedOf(entries: readonly Entry[]): Promise<Entry[]> {
    const { Successful = [] } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: entries.map(({ message: { body, groupId, delaySeconds, isSuspect } }, index) => ({
          Id: String(index),
          MessageBody: body,
          MessageGroupId: groupId,
          DelaySeconds: delaySeconds,
          ...(isSuspect && { MessageAttributes: { [suspectAttribute]: { DataType: 'String', StringValue: 'true' } } }),
        })),
      }),
    );
    const confirmed = new Set(Successful.map(({ Id }) => Id));
    return entries.filter((_, index) => !confirmed.has(String(index)));
  }

  return {
    async send(messages) {
      const results = await mapConcurrently(toBatches(messages), parallelBatches, sendBatch);
      const places = results.flatMap(({ owed }) => owed.map(({ place }) => place));
      if (places.length === 0) return;
      const unreachable = results.find(({ cause }) => cause !== undefined);
      const message = unreachable ? 'SQS could not be reached.' : `SQS did not take ${places.length} messages.`;
      throw new QueueUnavailableError(message, unreachable?.cause, places);
    },
  };
}

function toBatches(messages: readonly OutgoingMessage[]): Entry[][] {
  const batches: Entry[][] = [];
  let open: Entry[] = [];
  let openBytes = 0;
  for (const [place, message] of messages.entries()) {
    const bytes = Buffer.byteLength(message.body);
    if (open.length === sqsLimits.entriesPerBatch || (open.length > 0 && openBytes + bytes > sqsLimits.batchBytes)) {
      batches.push(open);
      open = [];
      openBytes = 0;
    }
    open.push({ place, message });
    openBytes += bytes;
  }
  if (open.length > 0) batches.push(open);
  return batches;
}
