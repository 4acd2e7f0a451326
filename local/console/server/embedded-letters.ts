import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { heldQueue } from '../../../commands/dead-letters/held-queue.ts';
import type { StoredMessage } from '../../../commands/dead-letters/open-message.ts';
import type { EmbeddedQueue } from '../../emulators/aws/aws-server.ts';
import type { Message } from '../../emulators/sqs/message.ts';
import { type LetterStore, notHeld } from './letter-store.ts';

const holdSeconds = 300;
/** How often it is looked again for what somebody else holds. */
const looks = 20;
const betweenLooksMs = 100;

/**
 * Dead letters of the local runtime: read where they lie, so that nobody who looks hides them from anybody, and received by
 * their ids, whatever else is on the queue.
 */
export function embeddedLetters(queue: EmbeddedQueue, client: SQSClient, queueUrl: string): LetterStore {
  return {
    async messages() {
      return storedOf(queue.messages());
    },
    async hold(ids) {
      const held = heldQueue({ client, queueUrl, pollSeconds: 0, holdSeconds });
      const messages: StoredMessage[] = [];
      const missing = new Set(ids);
      for (let look = 0; look < looks && missing.size > 0; look++) {
        if (look > 0) await sleep(betweenLooksMs);
        for (const { message, receiptHandle } of queue.receiveChosen(missing, holdSeconds)) {
          held.adopt(message.id, receiptHandle);
          messages.push(storedOfOne(message));
          missing.delete(message.id);
        }
        // What is gone does not come back: only what is in flight is worth another look.
        if (missing.size > 0 && !isAnyThere(queue.messages(), missing)) break;
      }
      const there = new Set<string>();
      if (missing.size > 0) for (const { id } of queue.messages()) if (missing.has(id)) there.add(id);
      const why = (id: string): string => (there.has(id) ? notHeld.elsewhere : notHeld.gone);
      return {
        messages,
        missing: new Map([...missing].map((id) => [id, why(id)])),
        held,
        release: () => held.release(),
      };
    },
    async put(body) {
      const { MessageId = '' } = await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
      return MessageId;
    },
    close() {},
  };
}

function* storedOf(messages: Iterable<Message>): Generator<StoredMessage> {
  for (const message of messages) yield storedOfOne(message);
}

const storedOfOne = ({ id, body, sentAt }: Message): StoredMessage => ({ id, body, sentAt: new Date(sentAt) });

function isAnyThere(messages: Iterable<Message>, ids: ReadonlySet<string>): boolean {
  for (const { id } of messages) if (ids.has(id)) return true;
  return false;
}
