import { recordNames } from '../../shared/config/record-names.ts';
import type { PersonDigest } from '../../shared/record/person-digests.ts';
import type { Receipt } from '../../shared/record/receipt.ts';
import { receiptVersion } from '../../shared/record/receipt-version.ts';
import { recordedId } from '../../shared/record/recorded-id.ts';
import type { AwsAccess } from '../common/services.ts';
import type { AskRecord } from '../events/open-record.ts';
import { CommandError } from '../kit/report-errors.ts';
import type { Letter } from './letter.ts';

/** Something that an operator did to dead letters. */
export interface Operation {
  readonly action: 'redrive' | 'purge';
  readonly who: string;
  readonly at: Date;
  readonly letters: readonly OperatedLetter[];
}

export type OperatedLetter = Pick<
  Letter,
  'messageId' | 'eventName' | 'source' | 'destination' | 'mapping' | 'code' | 'events'
>;

export interface RecordPlace {
  /** Name of the deployment, by which its record is found. */
  readonly deployment: string;
  readonly aws: AwsAccess;
  /** Undefined where nothing is recorded. */
  readonly ask: AskRecord | undefined;
  /** Told why there is no receipt. What was done is done all the same. */
  readonly onError: (message: string) => void;
}

/** Longer names are cut: a receipt is one short line. */
const longestName = 100;

/** One receipt for each letter: who did what to it. */
export const receiptsOf = ({ action, who, at, letters }: Operation, digest: PersonDigest): Receipt[] =>
  letters.map(({ messageId, eventName, source, destination, mapping, code, events }) => ({
    ...{
      v: receiptVersion,
      k: 'operated',
      t: at.getTime(),
      o: action,
      u: who,
      r: code,
      e: eventName.slice(0, longestName).toWellFormed(),
    },
    ...(messageId !== undefined && { id: recordedId(messageId, digest) }),
    ...(source !== undefined && { s: source }),
    ...(destination !== undefined && { d: destination }),
    ...(mapping !== undefined && { m: mapping }),
    ...(events !== 1 && { w: events }),
  }));

/** Firehose takes 1,000 KiB a record, and 4 MiB a request. */
const recordBytes = 900 * 1024;
const recordsPerRequest = 4;

/** Writes into the record who did it, where there is a record. Never throws. */
export async function leaveReceipts(
  operation: Operation,
  { deployment, aws, ask, onError }: RecordPlace,
): Promise<void> {
  if (ask === undefined || operation.letters.length === 0) return;
  try {
    const digest = await digestOf(ask);
    if (digest === undefined) return;
    const { FirehoseClient, PutRecordBatchCommand } = await import('@aws-sdk/client-firehose');
    const client = new FirehoseClient(aws);
    try {
      const records = toRecords(receiptsOf(operation, digest));
      for (let from = 0; from < records.length; from += recordsPerRequest) {
        const Records = records.slice(from, from + recordsPerRequest).map((text) => ({ Data: Buffer.from(text) }));
        const { stream } = recordNames(deployment);
        const { FailedPutCount = 0 } = await client.send(
          new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }),
        );
        if (FailedPutCount > 0) throw new Error('Firehose did not take all of it.');
      }
    } finally {
      client.destroy();
    }
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    onError(`The record has no receipt of who did this (${why}). Allow firehose:PutRecordBatch on its stream.`);
  }
}

/** Undefined where nothing is recorded. */
async function digestOf(ask: AskRecord): Promise<PersonDigest | undefined> {
  try {
    return await ask(async ({ digest }) => digest);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

function toRecords(receipts: readonly Receipt[]): string[] {
  const records: string[][] = [];
  let openBytes = Number.POSITIVE_INFINITY;
  for (const receipt of receipts) {
    const line = `${JSON.stringify(receipt)}\n`;
    const bytes = Buffer.byteLength(line);
    if (openBytes + bytes > recordBytes) {
      records.push([]);
      openBytes = 0;
    }
    records.at(-1)?.push(line);
    openBytes += bytes;
  }
  return records.map((lines) => lines.join(''));
}
