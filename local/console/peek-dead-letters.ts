import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const rounds = 2;

export interface DeadLetterPeek {
  /** Up to twenty dead letters, left where they are. */
  look(): Promise<readonly unknown[]>;
  close(): void;
}

export function deadLetterPeek(endpoint: string, queueUrl: string, region: string): DeadLetterPeek {
  const client = new SQSClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  return {
    async look() {
      const letters = new Map<string, unknown>();
      for (let round = 0; round < rounds; round++) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
        );
        for (const { MessageId = '', Body = '' } of Messages) letters.set(MessageId, parse(Body));
      }
      return [...letters.values()];
    },
    close: () => client.destroy(),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
