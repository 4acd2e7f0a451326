import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { StoredMessage } from './open-message.ts';

export interface HeldQueue {
  /** What is held now: taken, and neither removed nor given back. */
  messages(): readonly StoredMessage[];
  /** Receives until the queue is empty, `limit` messages are held, or it is told to stop. */
  take(limit: number, stopped: AbortSignal): Promise<void>;
  /** @returns ids of the messages that SQS confirmed to be gone */
  remove(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Makes everything that is held visible to others again. @returns how many could not be; SQS shows them by itself, later */
  release(): Promise<number>;
}

export interface HeldQueueOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** 0 to 20. A short wait asks all of SQS's servers, no wait only some: without it a filled queue may look empty. */
  readonly pollSeconds: number;
}

/** Entries of one SQS batch request, SQS's limit. */
const entriesPerRequest = 10;

/** Long enough to read all messages and act on each, short enough if the process dies without giving them back. */
export const holdSeconds = (limit: number): number => Math.min(43_200, 120 + Math.ceil(limit / 5));

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

/** A queue that is looked through without losing anything: what is taken is hidden from others until it is given back. */
export function heldQueue({ client, queueUrl: QueueUrl, pollSeconds }: HeldQueueOptions): HeldQueue {
  /** By message id, since SQS may hand a message out twice; the last receipt handle counts. */
  const held = new Map<string, StoredMessage & { readonly receiptHandle: string }>();

  async function receive(count: number, visibilitySeconds: number): Promise<number> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: Math.min(entriesPerRequest, count),
        WaitTimeSeconds: pollSeconds,
        VisibilityTimeout: visibilitySeconds,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    for (const { MessageId: id = '', Body: body = '', ReceiptHandle: receiptHandle = '', Attributes } of Messages) {
      held.set(id, { id, body, receiptHandle, sentAt: new Date(Number(Attributes?.SentTimestamp ?? Date.now())) });
    }
    return Messages.length;
  }

  /** Runs one batch request for every ten held messages. @returns ids of those that succeeded */
  async function inBatches(
    ids: readonly string[],
    run: (entries: Entry[]) => Promise<{ Successful?: { Id?: string | undefined }[] | undefined }>,
  ): Promise<ReadonlySet<string>> {
    const done = new Set<string>();
    for (let start = 0; start < ids.length; start += entriesPerRequest) {
      const part = ids.slice(start, start + entriesPerRequest).flatMap((id) => held.get(id) ?? []);
      const entries = part.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      try {
        const { Successful = [] } = await run(entries);
        for (const { Id } of Successful) done.add(part[Number(Id)]?.id ?? '');
      } catch {
        // Who called sees from what is not in the set that it failed; the next ten may succeed.
      }
    }
    for (const id of done) held.delete(id);
    return done;
  }

  return {
    messages: () => [...held.values()],
    async take(limit, stopped) {
      // The request under way is not cut off: what it brings would stay hidden without anybody holding it.
      while (held.size < limit && !stopped.aborted) {
        if ((await receive(limit - held.size, holdSeconds(limit))) === 0) return;
      }
    },
    remove: (ids) => inBatches(ids, (Entries) => client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))),
    async release() {
      await inBatches([...held.keys()], (entries) => {
        const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
        return client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      });
      return held.size;
    },
  };
}
