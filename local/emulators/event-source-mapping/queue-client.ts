import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { queueIdentity, sqsRecord } from './sqs-record.ts';

export interface QueueOptions {
  readonly queueUrl: string;
  /** Origin of the SQS endpoint. */
  readonly endpoint: string;
  readonly region: string;
  /** Told about messages that could not be deleted or released; SQS hands them out again. */
  readonly onError: (error: Error) => void;
}

/** What the event source mapping asks of a queue. */
export interface QueueClient {
  /** Up to `count` (at most 10) messages, waiting for the first up to `waitSeconds` (0 to 20, whole). */
  receive(count: number, waitSeconds: number, signal: AbortSignal): Promise<SQSRecord[]>;
  /** Never rejects. */
  remove(records: readonly SQSRecord[]): Promise<void>;
  /** Makes messages visible at once. Never rejects. */
  release(records: readonly SQSRecord[]): Promise<void>;
  end(): void;
}

/** Entries of one SQS batch request, SQS's limit. */
const entriesPerRequest = 10;

export function queueClient({ queueUrl, endpoint, region, onError }: QueueOptions): QueueClient {
  const sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const identity = queueIdentity(queueUrl, region);

  /** Runs one batch request for every ten records, and reports what failed. */
  async function inBatches(
    records: readonly SQSRecord[],
    run: (
      entries: { Id: string; ReceiptHandle: string }[],
    ) => Promise<{ Failed?: BatchResultErrorEntry[] | undefined }>,
  ): Promise<void> {
    const runOne = async (start: number): Promise<void> => {
      const part = records.slice(start, start + entriesPerRequest);
      const entries = part.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      try {
        const { Failed = [] } = await run(entries);
        for (const { Message } of Failed) onError(new Error(Message ?? 'SQS gives no reason'));
      } catch (error) {
        onError(error as Error);
      }
    };
    const starts = Array.from(
      { length: Math.ceil(records.length / entriesPerRequest) },
      (_, n) => n * entriesPerRequest,
    );
    await Promise.all(starts.map(runOne));
  }

  return {
    async receive(count, waitSeconds, signal) {
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: waitSeconds,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      });
      const { Messages = [] } = await sqs.send(command, { abortSignal: signal });
      return Messages.map((message) => sqsRecord(message, identity));
    },
    remove: (records) =>
      inBatches(records, (Entries) => sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }))),
    release: (records) =>
      inBatches(records, (entries) => {
        const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
        return sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
      }),
    end: () => sqs.destroy(),
  };
}
