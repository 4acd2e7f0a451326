import { setTimeout as sleep } from 'node:timers/promises';
import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { ReceiptSink } from '../../shared/record/recorder.ts';

/** Limits of one request. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const requestLimits = { records: 500, bytes: 4 * 1024 * 1024 };
const pauseMs = 50;

/** A record and its place among all. */
interface Entry {
  readonly place: number;
  readonly data: Uint8Array;
}

/** Receipts into Firehose. Records that it did not take are sent again for as long as there is time. */
export function firehoseSink(client: FirehoseClient, stream: string): ReceiptSink {
  /** @returns places of the records that Firehose has */
  async function sendBatch(entries: readonly Entry[], signal: AbortSignal): Promise<readonly number[]> {
    const kept: number[] = [];
    let owed = entries;
    while (owed.length > 0 && !signal.aborted) {
      try {
        const taken = await takenOf(owed, signal);
        kept.push(...taken);
        owed = owed.filter(({ place }) => !taken.includes(place));
        if (owed.length > 0) await sleep(pauseMs, undefined, { signal });
      } catch {
        // The client has tried several times, or the time is over.
        return kept;
      }
    }
    return kept;
  }

  async function takenOf(entries: readonly Entry[], abortSignal: AbortSignal): Promise<readonly number[]> {
    const { RequestResponses = [] } = await client.send(
      new PutRecordBatchCommand({
        DeliveryStreamName: stream,
        Records: entries.map(({ data }) => ({ Data: data })),
      }),
      { abortSignal },
    );
    return entries.flatMap(({ place }, index) => (RequestResponses[index]?.RecordId === undefined ? [] : [place]));
  }

  return {
    async put(records, signal) {
      const kept = await Promise.all(toBatches(records).map((batch) => sendBatch(batch, signal)));
      return kept.flat();
    },
  };
}

function toBatches(records: readonly string[]): Entry[][] {
  const batches: Entry[][] = [];
  let openBytes = 0;
  for (const [place, text] of records.entries()) {
    const data = Buffer.from(text);
    const open = batches.at(-1);
    if (open === undefined || open.length === requestLimits.records || openBytes + data.length > requestLimits.bytes) {
      batches.push([{ place, data }]);
      openBytes = data.length;
    } else {
      open.push({ place, data });
      openBytes += data.length;
    }
  }
  return batches;
}
