import { noRoom } from './journal.ts';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type OperationTable, operation } from '../aws/operation.ts';
import { checkBatch, runBatch } from './batch.ts';
import { checkMessage, messageBytes, type SendContent } from './check-message.ts';
import { limits } from './limits.ts';
import { type Message, newMessage } from './message.ts';
import { attributesDigest, bodyDigest } from './message-digest.ts';
import type { Queue } from './queue.ts';
import type { QueueRegistry } from './queue-registry.ts';
import { checkSystemAttributeNames, receivedMessage } from './received-message.ts';
import { sqsError, within } from './sqs-error.ts';

const Attributes = z.record(
  z.string(),
  z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
);

const Send = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.number().int().optional(),
  MessageAttributes: Attributes.optional(),
  MessageSystemAttributes: Attributes.optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
});

const QueueUrl = z.string();
const Id = z.string();
const Handle = z.object({ ReceiptHandle: z.string() });
const Visibility = Handle.extend({ VisibilityTimeout: z.number().int() });
const names = z.array(z.string()).default([]);

const batchOf = <Shape extends z.ZodRawShape>(entry: z.ZodObject<Shape>) =>
  z.object({ QueueUrl, Entries: z.array(entry.extend({ Id })) });

const Receive = z.object({
  QueueUrl,
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
  MaxNumberOfMessages: z.number().int().default(1),
  VisibilityTimeout: z.number().int().optional(),
  WaitTimeSeconds: z.number().int().optional(),
});

/** Told of a message that was put on a queue, by the queue's name. */
export type OnSent = (queue: string, message: Message) => void;

/** Operations on messages. Each is answered only after the journal has what it changed. */
export function messageOperations(registry: QueueRegistry, onSent: OnSent = () => {}): OperationTable {
  const { journal } = registry;

  const kept = async <T>(answer: T): Promise<T> => {
    await journal.flushed();
    return answer;
  };

  /** @throws Error before anything of it is kept, so that what is refused takes no room */
  const checkRoom = (bytes: number): void => {
    if (!journal.takes(bytes)) throw noRoom();
  };

  const send = (queue: Queue, content: SendContent & { readonly DelaySeconds?: number | undefined }) => {
    checkMessage(content, queue.number('MaximumMessageSize'));
    const delaySeconds = within(
      'DelaySeconds',
      content.DelaySeconds ?? queue.number('DelaySeconds'),
      0,
      limits.delaySeconds,
    );
    const message = newMessage(
      {
        id: randomUUID(),
        body: content.MessageBody,
        bodyDigest: bodyDigest(content.MessageBody),
        attributes: content.MessageAttributes ?? {},
        traceHeader: content.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue,
        groupId: content.MessageGroupId,
      },
      registry.now(),
      delaySeconds,
    );
    journal.append({ type: 'send', queue: queue.name, message });
    queue.add(message);
    onSent(queue.name, message);
    return {
      MessageId: message.id,
      MD5OfMessageBody: message.bodyDigest,
      MD5OfMessageAttributes: attributesDigest(message.attributes),
      MD5OfMessageSystemAttributes: attributesDigest(content.MessageSystemAttributes ?? {}),
    };
  };

  const remove = (queue: Queue, { ReceiptHandle }: z.infer<typeof Handle>) => {
    queue.delete(ReceiptHandle);
    return undefined;
  };

  const changeVisibility = (queue: Queue, { ReceiptHandle, VisibilityTimeout }: z.infer<typeof Visibility>) => {
    queue.changeVisibility(ReceiptHandle, within('VisibilityTimeout', VisibilityTimeout, 0, limits.visibilitySeconds));
    return undefined;
  };

  const receive = async (input: z.infer<typeof Receive>, signal: AbortSignal) => {
    const queue = registry.at(input.QueueUrl);
    const systemAttributes = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
    checkSystemAttributeNames(systemAttributes);
    const visibility = input.VisibilityTimeout ?? queue.number('VisibilityTimeout');
    const wait = input.WaitTimeSeconds ?? queue.number('ReceiveMessageWaitTimeSeconds');
    const received = await queue.receive({
      max: within('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, limits.receiveMessages),
      visibilitySeconds: within('VisibilityTimeout', visibility, 0, limits.visibilitySeconds),
      waitSeconds: within('WaitTimeSeconds', wait, 0, limits.waitSeconds),
      signal,
    });
    await journal.flushed();
    if (signal.aborted) queue.release(received);
    if (received.length === 0) return {};
    const wanted = { systemAttributes, attributes: input.MessageAttributeNames };
    return { Messages: received.map((one) => receivedMessage(one, wanted)) };
  };

  return {
    'AmazonSQS.SendMessage': operation(Send.extend({ QueueUrl }), (input) => {
      checkRoom(messageBytes(input));
      return kept(send(registry.at(input.QueueUrl), input));
    }),
    'AmazonSQS.SendMessageBatch': operation(batchOf(Send), ({ QueueUrl, Entries }) => {
      const queue = registry.at(QueueUrl);
      checkBatch(Entries);
      const bytes = Entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
      if (bytes > limits.batchBytes) {
        throw sqsError('BatchRequestTooLong', `All entries together can have ${limits.batchBytes} bytes.`);
      }
      checkRoom(bytes);
      return kept(runBatch(Entries, (entry) => send(queue, entry)));
    }),
    'AmazonSQS.ReceiveMessage': operation(Receive, receive),
    'AmazonSQS.DeleteMessage': operation(Handle.extend({ QueueUrl }), (input) =>
      kept(remove(registry.at(input.QueueUrl), input)),
    ),
    'AmazonSQS.DeleteMessageBatch': operation(batchOf(Handle), ({ QueueUrl, Entries }) => {
      const queue = registry.at(QueueUrl);
      return kept(runBatch(Entries, (entry) => remove(queue, entry)));
    }),
    'AmazonSQS.ChangeMessageVisibility': operation(Visibility.extend({ QueueUrl }), (input) =>
      changeVisibility(registry.at(input.QueueUrl), input),
    ),
    'AmazonSQS.ChangeMessageVisibilityBatch': operation(batchOf(Visibility), ({ QueueUrl, Entries }) => {
      const queue = registry.at(QueueUrl);
      return runBatch(Entries, (entry) => changeVisibility(queue, entry));
    }),
  };
}
