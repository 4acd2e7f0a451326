import type { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { firehoseSink } from '../../../functions/aws/firehose-sink.ts';

/** A client that takes, of each request, the records that `takes` says; remembers what it was sent. */
function partialClient(takes: (text: string, request: number) => boolean) {
  const requests: string[][] = [];
  const client = {
    async send({ input: { Records = [] } }: PutRecordBatchCommand) {
      const texts = Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
      requests.push(texts);
      const RequestResponses = texts.map((text) =>
        takes(text, requests.length) ? { RecordId: text } : { ErrorCode: 'ServiceUnavailableException' },
      );
      return { RequestResponses, FailedPutCount: RequestResponses.filter(({ ErrorCode }) => ErrorCode).length };
    },
  };
  return { client: client as unknown as FirehoseClient, requests };
}

describe('firehoseSink', () => {
  // awslabs/lambda-streams-to-firehose#37: records that failed within a request that succeeded were lost.
  // aws/aws-kinesisanalytics-flink-connectors#18: the whole request was sent again, and what had succeeded was there twice.
  it('sends again what failed within a request, and nothing else', async () => {
    const { client, requests } = partialClient((text, request) => text !== 'b' || request > 2);

    const kept = await firehoseSink(client, 'receipts').put(['a', 'b', 'c'], AbortSignal.timeout(5_000));

    expect(kept.toSorted()).toEqual([0, 1, 2]);
    expect(requests).toEqual([['a', 'b', 'c'], ['b'], ['b']]);
  });

  it('gives up when the time is over, and says what Firehose has', async () => {
    const { client } = partialClient((text) => text === 'a');

    expect(await firehoseSink(client, 'receipts').put(['a', 'b'], AbortSignal.timeout(200))).toEqual([0]);
  });

  // boto/boto3#2804: more than 4 MB in a request failed without an error.
  it('never sends more in a request than Firehose takes', async () => {
    const { client, requests } = partialClient(() => true);
    const records = Array.from({ length: 1_200 }, (_, number) =>
      String(number % 10).repeat(number < 10 ? 900_000 : 10),
    );

    const kept = await firehoseSink(client, 'receipts').put(records, AbortSignal.timeout(10_000));

    expect(kept).toHaveLength(1_200);
    expect(Math.max(...requests.map((texts) => texts.length))).toBeLessThanOrEqual(500);
    expect(Math.max(...requests.map((texts) => texts.join('').length))).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});
