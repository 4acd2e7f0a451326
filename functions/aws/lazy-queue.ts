import { QueueUnavailableError } from '../../shared/errors.ts';
import type { MessageQueue } from '../../shared/queue/ports.ts';

/**
 * A queue whose client is loaded with the first message, for a function that seldom has one. A start that failed is
 * tried again with the next message.
 */
export function lazyQueue(load: () => Promise<MessageQueue>): MessageQueue {
  let loading: Promise<MessageQueue> | undefined;
  return {
    async send(messages) {
      loading ??= load();
      let queue: MessageQueue;
      try {
        queue = await loading;
      } catch (error) {
        loading = undefined;
        throw new QueueUnavailableError('The SQS client could not be loaded.', error);
      }
      await queue.send(messages);
    },
  };
}
