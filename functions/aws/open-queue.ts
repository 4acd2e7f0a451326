import type { MessageQueue } from '../../shared/queue/ports.ts';
import { createSqsClient } from './sqs-client.ts';
import { sqsQueue } from './sqs-queue.ts';

let client: ReturnType<typeof createSqsClient> | undefined;

/** A queue of this function; all of them share one client and its connections. */
export function openQueue(url: string): MessageQueue {
  client ??= createSqsClient();
  return sqsQueue(client, url);
}
