import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../close-server.ts';
import { forThisMachine } from '../../local-hosts.ts';
import { type Intercept, requestListener, runOperation } from './request-listener.ts';
import { SecretStore } from '../secrets-manager/secret-store.ts';
import { secretsManagerOperations } from '../secrets-manager/secrets-manager.ts';
import { firehoseOperations, type Streams } from '../firehose/firehose.ts';
import type { Call } from './operation.ts';
import type { QueueCounts } from '../sqs/message-index.ts';
import { messageOperations, type OnSent } from '../sqs/message-operations.ts';
import { moveOperations } from '../sqs/move-operations.ts';
import { MoveTasks } from '../sqs/move-tasks.ts';
import type { Message } from '../sqs/message.ts';
import type { Received } from '../sqs/queue.ts';
import type { QueueAttributes } from '../sqs/queue-attributes.ts';
import { queueOperations } from '../sqs/queue-operations.ts';
import { QueueRegistry } from '../sqs/queue-registry.ts';

export interface AwsServerOptions {
  /** @defaultValue 0, any free port */
  readonly port?: number | undefined;
  /** Shows in ARNs. @defaultValue `us-east-1` */
  readonly region?: string | undefined;
  /** Keeps queues and messages in this file, so that they outlive the process. @defaultValue memory only */
  readonly journalFile?: string | undefined;
  /** Streams of Firehose. @defaultValue none */
  readonly streams?: Streams | undefined;
  /** Makes chosen requests fail before they do anything. */
  readonly intercept?: Intercept | undefined;
  /** Told of every message that was put on a queue. */
  readonly onSent?: OnSent | undefined;
  /** Epoch milliseconds. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined;
}

/** Queues without going through HTTP. */
export interface QueueAdmin {
  /** Creates the queue, or gives the one there is these attributes. Dead letter queues come before their sources. */
  ensureQueue(name: string, attributes?: QueueAttributes): { url: string; arn: string };
  /** @throws AwsError `QueueDoesNotExist` */
  counts(name: string): QueueCounts;
  /** About as many as all messages of all queues take. */
  bytes(): number;
  /** Writes the journal anew: nothing stays in it of messages that are gone. */
  compact(): void;
  /** Every message, also those in flight; none is received. @throws AwsError `QueueDoesNotExist` */
  messages(name: string): Iterable<Message>;
  /** Receives chosen messages, as far as they can be seen. @throws AwsError `QueueDoesNotExist` */
  receiveChosen(name: string, ids: Iterable<string>, visibilitySeconds: number): readonly Received[];
  /** Takes chosen messages off a queue, also those in flight or delayed. @throws AwsError `QueueDoesNotExist` */
  remove(name: string, ids: Iterable<string>): void;
}

/** One queue, which can be looked at without receiving anything. */
export interface EmbeddedQueue {
  messages(): Iterable<Message>;
  receiveChosen(ids: Iterable<string>, visibilitySeconds: number): readonly Received[];
}

export const embeddedQueue = (queues: QueueAdmin, name: string): EmbeddedQueue => ({
  messages: () => queues.messages(name),
  receiveChosen: (ids, visibilitySeconds) => queues.receiveChosen(name, ids, visibilitySeconds),
});

export interface AwsServer {
  /** Origin without a slash at its end, the same as in queue URLs: the SQS client sends to a queue URL's host. */
  readonly url: string;
  readonly queues: QueueAdmin;
  /** Runs an operation without going through HTTP, faults included. @throws AwsError */
  readonly call: Call;
  /** Puts a new current version, and creates the secret if need be. */
  readonly secrets: { put(name: string, value: string): void };
  /** Answers those who wait for messages, finishes what runs, and leaves the journal complete. */
  close(): Promise<void>;
}

/**
 * Standard SQS queues, Secrets Manager and Firehose on 127.0.0.1, for the AWS SDK.
 *
 * @throws Error when the port is taken, or the journal is in use or damaged
 */
export async function startAwsServer(options: AwsServerOptions = {}): Promise<AwsServer> {
  const { port = 0, region = 'us-east-1', now = Date.now, journalFile } = options;
  const registry = new QueueRegistry({ region, now, journalFile });
  const tasks = new MoveTasks(registry);
  const secrets = new SecretStore({ region, now });
  const operations = {
    ...queueOperations(registry),
    ...messageOperations(registry, options.onSent),
    ...moveOperations(tasks),
    ...secretsManagerOperations(secrets),
    ...firehoseOperations(options.streams ?? new Map()),
  };
  const run = runOperation(operations, options.intercept);
  const server = createServer(forThisMachine(requestListener(run)));
  server.prependListener('request', (_, response) => {
    if (!server.listening) response.setHeader('connection', 'close');
  });
  try {
    await listen(server, port);
  } catch (error) {
    registry.journal.close();
    throw error;
  }
  registry.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: registry.origin,
    queues: {
      ensureQueue: (name, attributes = {}) => {
        const queue = registry.find(name) ?? registry.create(name, attributes, {});
        registry.change(queue, attributes);
        return { url: registry.url(queue), arn: queue.arn };
      },
      counts: (name) => registry.named(name).counts(),
      bytes: () => registry.bytes,
      compact: () => registry.journal.compact(),
      messages: (name) => registry.named(name).messages(),
      remove: (name, ids) => registry.named(name).remove(ids),
      receiveChosen: (name, ids, seconds) => registry.named(name).receiveChosen(ids, seconds),
    },
    call: (target, body, signal) => run(target, body, signal),
    secrets: {
      put: (name, value) => {
        const secret = secrets.list().find((one) => one.name === name) ?? secrets.create(name);
        secrets.put(secret, { value: { SecretString: value } });
      },
    },
    close: async () => {
      tasks.close();
      registry.close();
      await closeServer(server);
      registry.journal.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
