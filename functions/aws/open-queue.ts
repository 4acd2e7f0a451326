import type { MessageQueue } from '../../shared/queue/ports.ts';
import { acknowledge } from './sqs-acknowledge.ts';
import { createSqsClient } from './sqs-client.ts';
import { sqsQueue } from './sqs-queue.ts';

let client: ReturnType<typeof createSqsClient> | undefined;

/** Deletes messages of a queue of this function. */
export function acknowledgeAt(url: string, receiptHandles: readonly string[]): Promise<void> {
  client ??= createSqsClient();
  return acknowledge(client, url, receiptHandles);
}

/** A queue of this function; all of them share one client and its connections. */
export function openQueue(url: string): MessageQueue {
  client ??= createSqsClient();
  return sqsQueue(client, url);
}
