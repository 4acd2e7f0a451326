import type { SQSRecord } from 'aws-lambda';
import type { Call } from '../aws/operation.ts';
import { queueIdentity, type ReceivedMessage, sqsRecord } from './sqs-record.ts';

export interface QueueOptions {
  readonly queueUrl: string;
  readonly region: string;
  /** Runs operations of SQS, here without HTTP: AWS's own pollers need no endpoint either. */
  readonly call: Call;
  /** Told about messages that could not be deleted or released; SQS hands them out again. */
  readonly onError: (error: Error) => void;
}

/** Queue operations that the event source mapping needs. */
export interface QueueClient {
  /** Up to `count` (at most 10) messages, waiting for the first up to `waitSeconds` (0 to 20, whole). */
  receive(count: number, waitSeconds: number, signal: AbortSignal): Promise<SQSRecord[]>;
  /** Never rejects. */
  remove(records: readonly SQSRecord[]): Promise<void>;
  /** Makes messages visible at once. Never rejects. */
  release(records: readonly SQSRecord[]): Promise<void>;
}

/** Entries of one SQS batch request, SQS's limit. */
const entriesPerRequest = 10;

export function queueClient({ queueUrl: QueueUrl, region, call, onError }: QueueOptions): QueueClient {
  const identity = queueIdentity(QueueUrl, region);
  /** Signal that never aborts: what was begun is finished, whoever goes away. */
  const never = new AbortController().signal;

  /** Runs one batch request for every ten records, and reports what failed. */
  async function inBatches(operation: string, records: readonly SQSRecord[], more: object = {}): Promise<void> {
    const runOne = async (start: number): Promise<void> => {
      const part = records.slice(start, start + entriesPerRequest);
      const Entries = part.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        ...more,
      }));
      try {
        const { Failed = [] } = (await call(operation, { QueueUrl, Entries }, never)) as BatchAnswer;
        for (const { Message } of Failed) onError(new Error(Message));
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
      const request = {
        QueueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: waitSeconds,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      };
      const { Messages = [] } = (await call('AmazonSQS.ReceiveMessage', request, signal)) as ReceiveAnswer;
      return Messages.map((message) => sqsRecord(message, identity));
    },
    remove: (records) => inBatches('AmazonSQS.DeleteMessageBatch', records),
    release: (records) => inBatches('AmazonSQS.ChangeMessageVisibilityBatch', records, { VisibilityTimeout: 0 }),
  };
}

interface BatchAnswer {
  readonly Failed?: readonly { readonly Message: string }[];
}

interface ReceiveAnswer {
  readonly Messages?: readonly ReceivedMessage[];
}
