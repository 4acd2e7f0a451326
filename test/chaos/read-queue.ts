import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Longer than the harness runs. */
const hiddenSeconds = 12 * 60 * 60;

/** Bodies of all messages that are on a queue, or that become visible while it is read. They stay on it, hidden. */
export async function readQueue(
  sqs: SQSClient,
  queueUrl: string,
  counts: () => { readonly visible: number; readonly delayed: number },
): Promise<string[]> {
  const bodies: string[] = [];
  while (counts().visible + counts().delayed > 0) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenSeconds,
        WaitTimeSeconds: 1,
      }),
    );
    bodies.push(...Messages.map(({ Body = '' }) => Body));
  }
  return bodies;
}
