import * as z from 'zod';
import { type OperationTable, operation } from '../aws/operation.ts';
import { limits } from './limits.ts';
import { page } from './page.ts';
import type { Queue } from './queue.ts';
import { type QueueAttributes, selectQueueAttributes } from './queue-attributes.ts';
import type { QueueRegistry } from './queue-registry.ts';
import { invalidParameter } from './sqs-error.ts';

const StringMap = z.record(z.string(), z.string());
const OfQueue = z.object({ QueueUrl: z.string() });
const Paged = z.object({ MaxResults: z.number().int().optional(), NextToken: z.string().optional() });

/** Operations on queues as such. */
export function queueOperations(registry: QueueRegistry): OperationTable {
  const { journal, url } = registry;

  const tag = (queue: Queue, tags: Record<string, string>) => {
    if (Object.keys(tags).length > limits.tags) throw invalidParameter('Tags', `a queue can have ${limits.tags}`);
    queue.change({ tags });
    return journal.flushed();
  };

  return {
    'AmazonSQS.CreateQueue': operation(
      z.object({ QueueName: z.string(), Attributes: StringMap.default({}), tags: StringMap.default({}) }),
      async ({ QueueName, Attributes, tags }) => {
        const queue = registry.create(QueueName, Attributes, tags);
        await journal.flushed();
        return { QueueUrl: url(queue) };
      },
    ),
    'AmazonSQS.GetQueueUrl': operation(z.object({ QueueName: z.string() }), ({ QueueName }) => ({
      QueueUrl: url(registry.named(QueueName)),
    })),
    'AmazonSQS.ListQueues': operation(Paged.extend({ QueueNamePrefix: z.string().optional() }), (input) => {
      const { items, nextToken } = page(registry.list(input.QueueNamePrefix), input.MaxResults, input.NextToken);
      return { QueueUrls: items.map(url), NextToken: nextToken };
    }),
    'AmazonSQS.ListDeadLetterSourceQueues': operation(Paged.extend(OfQueue.shape), (input) => {
      const sources = registry.sourcesOf(registry.at(input.QueueUrl));
      const { items, nextToken } = page(sources, input.MaxResults, input.NextToken);
      return { queueUrls: items.map(url), NextToken: nextToken };
    }),
    'AmazonSQS.DeleteQueue': operation(OfQueue, ({ QueueUrl }) => {
      registry.delete(registry.at(QueueUrl));
      return journal.flushed();
    }),
    'AmazonSQS.PurgeQueue': operation(OfQueue, ({ QueueUrl }) => {
      registry.at(QueueUrl).purge();
      return journal.flushed();
    }),
    'AmazonSQS.GetQueueAttributes': operation(
      OfQueue.extend({ AttributeNames: z.array(z.string()).default([]) }),
      ({ QueueUrl, AttributeNames }) => ({
        Attributes: selectQueueAttributes(describeQueue(registry.at(QueueUrl)), AttributeNames),
      }),
    ),
    'AmazonSQS.SetQueueAttributes': operation(OfQueue.extend({ Attributes: StringMap }), ({ QueueUrl, Attributes }) => {
      registry.change(registry.at(QueueUrl), Attributes);
      return journal.flushed();
    }),
    'AmazonSQS.TagQueue': operation(OfQueue.extend({ Tags: StringMap }), ({ QueueUrl, Tags }) => {
      const queue = registry.at(QueueUrl);
      return tag(queue, { ...queue.settings.tags, ...Tags });
    }),
    'AmazonSQS.UntagQueue': operation(OfQueue.extend({ TagKeys: z.array(z.string()) }), ({ QueueUrl, TagKeys }) => {
      const queue = registry.at(QueueUrl);
      const remaining = Object.entries(queue.settings.tags).filter(([key]) => !TagKeys.includes(key));
      return tag(queue, Object.fromEntries(remaining));
    }),
    'AmazonSQS.ListQueueTags': operation(OfQueue, ({ QueueUrl }) => ({ Tags: registry.at(QueueUrl).settings.tags })),
  };
}

function describeQueue(queue: Queue): QueueAttributes {
  const { visible, inFlight, delayed } = queue.counts();
  return {
    ...queue.settings.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.settings.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.settings.modifiedAt / 1000)),
  };
}
