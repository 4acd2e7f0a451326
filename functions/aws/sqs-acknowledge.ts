import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sqsLimits } from '../../shared/queue/message.ts';

/**
 * Deletes messages while the invocation goes on, so that its death brings back none of what is done. What could not be
 * deleted comes back and is handled again.
 */
export async function acknowledge(
  client: SQSClient,
  queueUrl: string,
  receiptHandles: readonly string[],
): Promise<void> {
  for (let start = 0; start < receiptHandles.length; start += sqsLimits.entriesPerBatch) {
    const handles = receiptHandles.slice(start, start + sqsLimits.entriesPerBatch);
    const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
    try {
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    } catch {
      return;
    }
  }
}
