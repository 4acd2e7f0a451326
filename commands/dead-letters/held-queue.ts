import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { mapConcurrently } from '../../shared/lib/concurrency.ts';
import type { StoredMessage } from './open-message.ts';

export interface HeldQueue {
  /**
   * Receives until the queue is empty, `limit` messages are held, or it is told to stop.
   *
   * @param seen is given each message once, though SQS may hand it out twice; what it does not keep is not kept here either
   */
  take(limit: number, stopped: AbortSignal, seen: (message: StoredMessage) => void): Promise<void>;
  /** Holds a message too that was received otherwise. */
  adopt(id: string, receiptHandle: string): void;
  /** How many messages are held now: taken, and neither removed nor given back. */
  size(): number;
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
  /** How long messages stay hidden if the process dies without giving them back. */
  readonly holdSeconds: number;
}

/** Entries of one SQS batch request, SQS's limit. */
const entriesPerRequest = 10;
/** Requests under way at a time: one after the other, 75,000 messages would take minutes. */
export const parallelRequests = 16;

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

/** A queue that is looked through without losing anything: what is taken is hidden from others until it is given back. */
export function heldQueue({ client, queueUrl: QueueUrl, pollSeconds, holdSeconds }: HeldQueueOptions): HeldQueue {
  /** Receipt handles by message id; the last one counts. */
  const held = new Map<string, string>();

  async function receive(count: number, seen: (message: StoredMessage) => void): Promise<number> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: pollSeconds,
        VisibilityTimeout: holdSeconds,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    for (const { MessageId: id = '', Body: body = '', ReceiptHandle: receiptHandle = '', Attributes } of Messages) {
      const isNew = !held.has(id);
      held.set(id, receiptHandle);
      if (isNew) seen({ id, body, sentAt: new Date(Number(Attributes?.SentTimestamp ?? Date.now())) });
    }
    return Messages.length;
  }

  /** Runs one batch request for every ten held messages. @returns ids of those that succeeded */
  async function inBatches(
    ids: readonly string[],
    run: (entries: Entry[]) => Promise<{ Successful?: { Id?: string | undefined }[] | undefined }>,
  ): Promise<ReadonlySet<string>> {
    const parts = Array.from({ length: Math.ceil(ids.length / entriesPerRequest) }, (_, part) =>
      ids.slice(part * entriesPerRequest, (part + 1) * entriesPerRequest).filter((id) => held.has(id)),
    );
    const done = new Set<string>();
    await mapConcurrently(parts, parallelRequests, async (part) => {
      const entries = part.map((id, index) => ({ Id: String(index), ReceiptHandle: held.get(id) ?? '' }));
      try {
        const { Successful = [] } = await run(entries);
        for (const { Id } of Successful) done.add(part[Number(Id)] ?? '');
      } catch {
        // The caller sees from what is not in the set that it failed; the next ten may succeed.
      }
    });
    for (const id of done) held.delete(id);
    return done;
  }

  return {
    adopt: (id, receiptHandle) => held.set(id, receiptHandle),
    size: () => held.size,
    async take(limit, stopped, seen) {
      let reserved = 0;
      let failure: { readonly error: unknown } | undefined;
      const receiver = async (): Promise<void> => {
        // The request under way is not cut off: what it brings would stay hidden without anybody holding it.
        while (!stopped.aborted && failure === undefined) {
          const count = Math.min(entriesPerRequest, limit - held.size - reserved);
          if (count <= 0) return;
          reserved += count;
          try {
            if ((await receive(count, seen)) === 0) return;
          } catch (error) {
            failure ??= { error };
          } finally {
            reserved -= count;
          }
        }
      };
      await Promise.all(Array.from({ length: parallelRequests }, receiver));
      if (failure !== undefined) throw failure.error;
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
