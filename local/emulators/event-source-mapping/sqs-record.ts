import type { MessageAttribute } from '../sqs/message.ts';
import type { SQSMessageAttribute, SQSRecord, SQSRecordAttributes } from 'aws-lambda';

/** A message as `ReceiveMessage` answers it, binary values in base64. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MD5OfMessageAttributes?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
  readonly Attributes?: Readonly<Record<string, string>>;
}

export interface QueueIdentity {
  readonly arn: string;
  readonly region: string;
}

/** The identity a queue's URL spells out: `http://host/<account>/<name>`. */
export function queueIdentity(queueUrl: string, region: string): QueueIdentity {
  const [, account, name] = new URL(queueUrl).pathname.split('/');
  return { arn: `arn:aws:sqs:${region}:${account}:${name}`, region };
}

/** One record of the event Lambda makes of SQS messages. Source: "Using Lambda with Amazon SQS". */
export const sqsRecord = (message: ReceivedMessage, queue: QueueIdentity): SQSRecord => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: (message.Attributes ?? {}) as unknown as SQSRecordAttributes,
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, messageAttribute(value)]),
  ),
  ...(message.MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queue.arn,
  awsRegion: queue.region,
});

const messageAttribute = ({ StringValue, BinaryValue, DataType }: MessageAttribute): SQSMessageAttribute => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType as SQSMessageAttribute['dataType'],
});
