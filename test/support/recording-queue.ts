import { QueueUnavailableError } from '../../shared/errors.ts';
import type { MessageQueue, OutgoingMessage } from '../../shared/queue/ports.ts';

export interface RecordingQueue extends MessageQueue {
  readonly messages: OutgoingMessage[];
  /** The bodies, parsed. */
  bodies(): unknown[];
}

/** Takes every message and keeps it. */
export function recordingQueue(): RecordingQueue {
  const messages: OutgoingMessage[] = [];
  return {
    messages,
    bodies: () => messages.map(({ body }) => JSON.parse(body) as unknown),
    send: async (sent) => {
      messages.push(...sent);
    },
  };
}

/** Confirms nothing until `confirm` is called. */
export function pendingQueue(): RecordingQueue & { confirm(): void } {
  const inner = recordingQueue();
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    ...inner,
    confirm: resolve,
    send: async (sent) => {
      await inner.send(sent);
      await promise;
    },
  };
}

/** Refuses every message, as a queue that cannot be reached does. */
export const downQueue: MessageQueue = {
  send: async (messages) => {
    if (messages.length > 0) throw new QueueUnavailableError('The queue is down.');
  },
};
