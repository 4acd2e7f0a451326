import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Message, ReceiveMessageCommandInput, SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsServer, type AwsServerOptions, startAwsServer } from '../../../local/emulators/aws/aws-server.ts';

const clientSettings = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};

/** A clock that runs, and can be put forward. */
export function steppingClock() {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (seconds: number) => {
      ahead += seconds * 1000;
    },
  };
}

export const sqsClient = (endpoint: string): SQSClient => new SQSClient({ ...clientSettings, endpoint });

export const secretsClient = (endpoint: string): SecretsManagerClient =>
  new SecretsManagerClient({ ...clientSettings, endpoint });

/** A server with a clock to move, and a client that speaks to it. */
export async function startFixture(options: AwsServerOptions = {}): Promise<Fixture> {
  const clock = steppingClock();
  const server = await startAwsServer({ now: clock.now, ...options });
  const sqs = sqsClient(server.url);
  let queues = 0;
  return {
    server,
    sqs,
    clock,
    close: async () => {
      sqs.destroy();
      await server.close();
    },
    queue: async (attributes = {}) => {
      queues += 1;
      const created = await sqs.send(new CreateQueueCommand({ QueueName: `queue-${queues}`, Attributes: attributes }));
      return created.QueueUrl ?? '';
    },
    send: (url, body, more = {}) => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...more })),
    receive: async (url, more = {}) => {
      const command = new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...more,
      });
      return (await sqs.send(command)).Messages ?? [];
    },
  };
}

export interface Fixture {
  readonly server: AwsServer;
  readonly sqs: SQSClient;
  readonly clock: ReturnType<typeof steppingClock>;
  close(): Promise<void>;
  queue(attributes?: Record<string, string>): Promise<string>;
  send(url: string, body: string, more?: Partial<SendMessageCommandInput>): Promise<{ MessageId?: string | undefined }>;
  receive(url: string, more?: Partial<ReceiveMessageCommandInput>): Promise<Message[]>;
}

export const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

export const arnOf = (url: string): string => `arn:aws:sqs:us-east-1:000000000000:${nameOf(url)}`;

export const bodiesOf = (messages: readonly Message[]): string[] => messages.map(({ Body }) => Body ?? '').sort();

/** The receipt handle of the only message. */
export function handleOf([message, ...others]: readonly Message[]): string {
  if (message?.ReceiptHandle === undefined || others.length > 0) throw new Error('Expected exactly one message.');
  return message.ReceiptHandle;
}
