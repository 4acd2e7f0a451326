import { AwsError } from '../aws/aws-error.ts';
import { limits } from './limits.ts';
import { sqsError } from './sqs-error.ts';

interface BatchEntry {
  readonly Id: string;
}

interface FailedEntry extends BatchEntry {
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

const entryId = /^[\w-]{1,80}$/;

/** Refuses a batch as a whole. */
export function checkBatch(entries: readonly BatchEntry[]): void {
  if (entries.length === 0) throw sqsError('EmptyBatchRequest', 'The batch holds no entry.');
  if (entries.length > limits.batchEntries) {
    throw sqsError('TooManyEntriesInBatchRequest', `A batch can hold ${limits.batchEntries} entries.`);
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (!entryId.test(Id)) throw sqsError('InvalidBatchEntryId', `The id ${Id} is not possible.`);
    if (ids.has(Id)) throw sqsError('BatchEntryIdsNotDistinct', `The id ${Id} is repeated.`);
    ids.add(Id);
  }
}

/** Runs each entry by itself: one that is refused does not keep the others from succeeding. */
export function runBatch<Entry extends BatchEntry>(
  entries: readonly Entry[],
  run: (entry: Entry) => object | undefined,
): { Successful: BatchEntry[]; Failed: FailedEntry[] } {
  checkBatch(entries);
  const Successful: BatchEntry[] = [];
  const Failed: FailedEntry[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, Failed };
}
