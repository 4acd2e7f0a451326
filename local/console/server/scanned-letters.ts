import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { heldQueue } from '../../../commands/dead-letters/held-queue.ts';
import type { StoredMessage } from '../../../commands/dead-letters/open-message.ts';
import { type LetterStore, notHeld } from './letter-store.ts';

export interface ScannedLettersOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** 0 to 20: without a short wait a filled queue may look empty. */
  readonly pollSeconds: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** SQS hands out no more than 120,000 messages before the first is deleted. */
const mostMessages = 100_000;
const holdSeconds = 900;
/** A look hides the letters from others while it lasts, so one serves for a while. */
const lookMs = 15_000;

/**
 * Dead letters of a queue in AWS, which can be read only by receiving them: a look takes all, reads them and gives them back.
 * Chosen ones are received with all others until they are found, and the others are given back.
 */
export function scannedLetters({ client, queueUrl, pollSeconds, now }: ScannedLettersOptions): LetterStore {
  const stopped = new AbortController();
  let last: { readonly at: number; readonly messages: Promise<StoredMessage[]> } | undefined;
  const options = { client, queueUrl, pollSeconds, holdSeconds };

  async function look(): Promise<StoredMessage[]> {
    const held = heldQueue(options);
    const messages: StoredMessage[] = [];
    try {
      await held.take(mostMessages, stopped.signal, (message) => messages.push(message));
      return messages;
    } finally {
      await held.release();
    }
  }

  return {
    messages() {
      if (last === undefined || now() - last.at > lookMs) {
        const messages = look();
        last = { at: now(), messages };
        messages.catch(() => {
          last = undefined;
        });
      }
      return last.messages;
    },
    async hold(ids) {
      const held = heldQueue(options);
      const found: StoredMessage[] = [];
      const complete = new AbortController();
      await held.take(mostMessages, AbortSignal.any([stopped.signal, complete.signal]), (message) => {
        if (!ids.has(message.id)) return;
        found.push(message);
        if (found.length === ids.size) complete.abort();
      });
      const there = new Set(found.map(({ id }) => id));
      const missing = [...ids].filter((id) => !there.has(id));
      return {
        messages: found,
        missing: new Map(missing.map((id) => [id, notHeld.unseen])),
        held,
        async release() {
          last = undefined;
          await held.release();
        },
      };
    },
    async put(body) {
      const { MessageId = '' } = await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
      return MessageId;
    },
    close: () => stopped.abort(),
  };
}
