import { text, url } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import type { QueueUrls } from './queue-urls.ts';

/** For a deployment whose queues have other names, such as one in a CDK app of your own. */
export const queueOptions = {
  eventsQueue: text(
    '<url>',
    'the events queue, if it has another name: the output EventsQueueUrl',
    url('a queue').optional(),
  ),
  deadLetterQueue: text('<url>', 'the dead letter queue: the output DeadLetterQueueUrl', url('a queue').optional()),
};

/** Both queues as they are named on the command line; undefined when neither is. @throws UsageError */
export function namedQueues(options: {
  readonly eventsQueue: string | undefined;
  readonly deadLetterQueue: string | undefined;
}): QueueUrls | undefined {
  const { eventsQueue: events, deadLetterQueue: deadLetters } = options;
  if (events === undefined && deadLetters === undefined) return undefined;
  if (events !== undefined && deadLetters !== undefined) return { events, deadLetters };
  throw new UsageError('give both --events-queue and --dead-letter-queue, or neither');
}
