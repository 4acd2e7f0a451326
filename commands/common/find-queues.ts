import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { CommandError } from '../kit/report-errors.ts';
import type { QueueUrls } from './queue-urls.ts';
import type { Services } from './services.ts';

export interface QueueAttributes {
  readonly arn: string;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly visibilitySeconds: number;
  readonly redrive: { readonly targetArn: string; readonly maxReceiveCount: number } | undefined;
}

/**
 * The queues of a deployment in the account of the client: those of a local runtime as it says, those of an account by
 * their names.
 *
 * @throws the SDK's error, or a CommandError that says which queue there is none or several of
 */
export const findQueues = async ({
  queues,
  sqs,
  deployment,
}: Pick<Services, 'queues' | 'sqs' | 'deployment'>): Promise<QueueUrls> =>
  queues ?? findDeployedQueues(sqs, deployment);

/** Found by the beginning and the end of their names, since CloudFormation makes up the middle. */
async function findDeployedQueues(client: SQSClient, deployment: string | undefined): Promise<QueueUrls> {
  const prefix = `ConversionsPipeline-${deployment}-`;
  const { QueueUrls: urls = [] } = await client.send(
    new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 100 }),
  );
  const only = (ending: string): string => {
    const [url, ...others] = urls.filter((each) => each.endsWith(ending));
    if (url !== undefined && others.length === 0) return url;
    throw new CommandError({
      reason: `${url === undefined ? 'No queue' : 'More than one queue'} is named ${prefix}…${ending}.`,
      fix: 'Deploy it, look whether account and region are the right ones, or name both queues with --events-queue and --dead-letter-queue.',
    });
  };
  return { events: only('-events'), deadLetters: only('-dead-letters') };
}

const number = z.coerce.number();

const Attributes = z.object({
  QueueArn: z.string(),
  VisibilityTimeout: number,
  ApproximateNumberOfMessages: number,
  ApproximateNumberOfMessagesNotVisible: number,
  ApproximateNumberOfMessagesDelayed: number,
  RedrivePolicy: z.string().optional(),
});
// SQS takes the count as a number or as text.
const RedrivePolicy = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: number });

/** @throws the SDK's error */
export async function readQueue(client: SQSClient, url: string): Promise<QueueAttributes> {
  const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
  const attributes = Attributes.parse(answer.Attributes);
  const policy = attributes.RedrivePolicy ? RedrivePolicy.parse(JSON.parse(attributes.RedrivePolicy)) : undefined;
  return {
    arn: attributes.QueueArn,
    waiting: attributes.ApproximateNumberOfMessages,
    inFlight: attributes.ApproximateNumberOfMessagesNotVisible,
    delayed: attributes.ApproximateNumberOfMessagesDelayed,
    visibilitySeconds: attributes.VisibilityTimeout,
    redrive: policy && { targetArn: policy.deadLetterTargetArn, maxReceiveCount: policy.maxReceiveCount },
  };
}
