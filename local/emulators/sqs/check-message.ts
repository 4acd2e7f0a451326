import { limits } from './limits.ts';
import type { MessageAttribute, MessageAttributes } from './message.ts';
import { attributeBytes } from './message-digest.ts';
import { invalidParameter, sqsError } from './sqs-error.ts';

/** Parts of one message that a send may carry. */
export interface SendContent {
  readonly MessageBody: string;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly MessageSystemAttributes?: MessageAttributes | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

// XML 1.0 characters: tab, line feed, carriage return, and no surrogate that stands alone.
const allowedText = /^[\t\n\r -\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const attributeName = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]*[\w-]$/i;
const dataType = /^(String|Number|Binary)(\..+)?$/;
const groupId = /^[\x21-\x7e]+$/;

/** Bytes that count against the size limits: the body, and name, type and value of each attribute. */
export function messageBytes({ MessageBody, MessageAttributes = {} }: SendContent): number {
  let bytes = Buffer.byteLength(MessageBody);
  for (const [name, attribute] of Object.entries(MessageAttributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + attributeBytes(attribute).length;
  }
  return bytes;
}

/**
 * Refuses what SQS refuses.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function checkMessage(content: SendContent, maxBytes: number): void {
  if (content.MessageBody === '') throw sqsError('MissingParameter', 'The parameter MessageBody must not be empty.');
  if (!allowedText.test(content.MessageBody)) {
    throw sqsError('InvalidMessageContents', 'The message body holds characters outside the allowed set.');
  }
  checkAttributes(content.MessageAttributes ?? {});
  for (const [name, attribute] of Object.entries(content.MessageSystemAttributes ?? {})) {
    if (name !== 'AWSTraceHeader') throw invalidParameter('MessageSystemAttributes', `${name} cannot be sent`);
    if (attribute.DataType !== 'String' || !attribute.StringValue) {
      throw invalidParameter('MessageSystemAttributes', 'AWSTraceHeader must be a String that is not empty');
    }
  }
  if (content.MessageDeduplicationId !== undefined) {
    throw invalidParameter('MessageDeduplicationId', 'it is for FIFO queues only');
  }
  const group = content.MessageGroupId;
  if (group !== undefined && (!groupId.test(group) || group.length > limits.groupIdLength)) {
    throw invalidParameter('MessageGroupId', `it must be 1 to ${limits.groupIdLength} letters, digits or punctuation`);
  }
  if (messageBytes(content) > maxBytes) {
    throw sqsError('InvalidParameterValue', `The message must be shorter than or equal to ${maxBytes} bytes.`);
  }
}

function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > limits.messageAttributes) {
    throw invalidParameter('MessageAttributes', `a message can carry ${limits.messageAttributes} of them`);
  }
  for (const [name, attribute] of entries) {
    if (!attributeName.test(name) || name.length > limits.attributeNameLength) {
      throw invalidParameter('MessageAttributes', `${name} is not a possible name`);
    }
    const problem = attributeProblem(attribute);
    if (problem) throw invalidParameter('MessageAttributes', `${name} ${problem}`);
  }
}

function attributeProblem({ DataType, StringValue, BinaryValue }: MessageAttribute): string | undefined {
  const base = dataType.exec(DataType)?.[1];
  if (base === undefined) return 'must be of type String, Number or Binary';
  if (base === 'Binary') return BinaryValue ? undefined : 'must have a binary value that is not empty';
  if (!StringValue || BinaryValue !== undefined) return 'must have a string value that is not empty';
  if (!allowedText.test(StringValue)) return 'holds characters outside the allowed set';
  if (base === 'Number' && !Number.isFinite(Number(StringValue))) return 'must be a number';
  return undefined;
}
