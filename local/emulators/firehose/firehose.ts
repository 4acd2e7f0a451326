import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { type OperationTable, operation } from '../aws/operation.ts';

/** Streams that there are, by name; each takes records and keeps them, or throws. */
export type Streams = ReadonlyMap<string, { append(records: readonly Buffer[]): void }>;

const limits = { records: 500, recordBytes: 1_000 * 1024, requestBytes: 4 * 1024 * 1024 };

const Record = z.object({ Data: z.string() });

/**
 * Amazon Data Firehose, as far as a producer sees it.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_Operations.html
 */
export function firehoseOperations(streams: Streams): OperationTable {
  const put = (name: string, records: readonly Buffer[]): { RecordId: string }[] => {
    const stream = streams.get(name);
    if (stream === undefined) throw new AwsError('ResourceNotFoundException', `There is no stream ${name}.`);
    if (records.some((record) => record.length > limits.recordBytes))
      throw invalid('A record is larger than 1,000 KiB.');
    try {
      stream.append(records);
    } catch {
      throw new AwsError('ServiceUnavailableException', 'The disk takes no more.', { status: 503 });
    }
    return records.map(() => ({ RecordId: randomUUID() }));
  };
  return {
    'Firehose_20150804.PutRecord': operation(
      z.object({ DeliveryStreamName: z.string(), Record }),
      ({ DeliveryStreamName, Record: { Data } }) => ({
        ...put(DeliveryStreamName, [bytesOf(Data)])[0],
        Encrypted: true,
      }),
    ),
    'Firehose_20150804.PutRecordBatch': operation(
      z.object({ DeliveryStreamName: z.string(), Records: z.array(Record).min(1) }),
      ({ DeliveryStreamName, Records }) => {
        if (Records.length > limits.records) throw invalid('More than 500 records.');
        const records = Records.map(({ Data }) => bytesOf(Data));
        if (records.reduce((sum, { length }) => sum + length, 0) > limits.requestBytes)
          throw invalid('More than 4 MiB.');
        return { FailedPutCount: 0, Encrypted: true, RequestResponses: put(DeliveryStreamName, records) };
      },
    ),
  };
}

const invalid = (message: string): AwsError => new AwsError('InvalidArgumentException', message);

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');
