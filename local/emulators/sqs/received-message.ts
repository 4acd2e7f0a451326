import type { Message, MessageAttributes } from './message.ts';
import { attributesDigest, bodyDigest } from './message-digest.ts';
import type { Received } from './queue.ts';
import { accountId } from './queue-registry.ts';
import { sqsError } from './sqs-error.ts';

/** System attributes a receiver can ask for. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const systemAttributes: Readonly<Record<string, (message: Message) => string | number | undefined>> = {
  SenderId: () => accountId,
  SentTimestamp: ({ sentAt }) => sentAt,
  ApproximateReceiveCount: ({ receiveCount }) => receiveCount,
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => firstReceivedAt,
  AWSTraceHeader: ({ traceHeader }) => traceHeader,
  MessageGroupId: ({ groupId }) => groupId,
  DeadLetterQueueSourceArn: ({ deadLetterSource }) => deadLetterSource,
  // Of FIFO queues: can be asked for, never there.
  MessageDeduplicationId: () => undefined,
  SequenceNumber: () => undefined,
};

export function checkSystemAttributeNames(names: readonly string[]): void {
  const unknown = names.find((name) => name !== 'All' && !Object.hasOwn(systemAttributes, name));
  if (unknown !== undefined) throw sqsError('InvalidAttributeName', `Unknown attribute ${unknown}.`);
}

/** The message in the shape of `ReceiveMessage`, with the attributes that were asked for. */
export function receivedMessage(
  { message, receiptHandle }: Received,
  wanted: { systemAttributes: readonly string[]; attributes: readonly string[] },
): object {
  const attributes = selectAttributes(message.attributes, wanted.attributes);
  const system = selectSystemAttributes(message, wanted.systemAttributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: message.bodyDigest ?? bodyDigest(message.body),
    Body: message.body,
    MD5OfMessageAttributes: attributesDigest(attributes),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
    ...(Object.keys(system).length > 0 && { Attributes: system }),
  };
}

function selectAttributes(all: MessageAttributes, patterns: readonly string[]): MessageAttributes {
  const isWanted = (name: string) =>
    patterns.some(
      (pattern) =>
        pattern === 'All' ||
        pattern === '.*' ||
        pattern === name ||
        (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1))),
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)));
}

function selectSystemAttributes(message: Message, names: readonly string[]): Record<string, string> {
  const selected: Record<string, string> = {};
  for (const [name, read] of Object.entries(systemAttributes)) {
    const value = names.includes('All') || names.includes(name) ? read(message) : undefined;
    if (value !== undefined) selected[name] = String(value);
  }
  return selected;
}
