/** A message attribute as on the wire; binary values in base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A stored message, just as the journal keeps it. Times are epoch milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** MD5 in hex, told at the send and at every receive; missing in journals from before it was kept. */
  readonly bodyDigest?: string | undefined;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly sentAt: number;
  readonly delayedUntil: number;
  /** ARN of the queue that gave the message up, once it is in a dead letter queue. */
  readonly deadLetterSource?: string | undefined;
  /** Receives in earlier queues; they show in the count but do not bring the message nearer to the next dead letter queue. */
  readonly receivesElsewhere: number;
  receiveCount: number;
  firstReceivedAt?: number | undefined;
}

/** Parts of a message that are not its history. */
export type MessageContent = Pick<Message, 'id' | 'body' | 'bodyDigest' | 'attributes' | 'traceHeader' | 'groupId'>;

/** A message nobody has received yet. */
export const newMessage = (content: MessageContent, sentAt: number, delaySeconds = 0): Message => ({
  id: content.id,
  body: content.body,
  bodyDigest: content.bodyDigest,
  attributes: content.attributes,
  traceHeader: content.traceHeader,
  groupId: content.groupId,
  sentAt,
  delayedUntil: sentAt + delaySeconds * 1000,
  receivesElsewhere: 0,
  receiveCount: 0,
});
