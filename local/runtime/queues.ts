import { environments } from '../../config/environments.ts';
import { visibilityTimeoutSeconds } from '../../shared/config/environment-settings.ts';
import type { AwsServer } from '../emulators/aws/aws-server.ts';

export const queueNames = { events: 'events', deadLetters: 'dead-letters' } as const;

export interface QueueUrls {
  readonly events: string;
  readonly deadLetters: string;
}

/** The two queues with the attributes that the CDK stack gives them in the development environment. */
export function ensureQueues({ queues }: AwsServer): QueueUrls {
  const settings = environments.development;
  const { eventsQueue, deadLetterQueue } = settings;
  const deadLetters = queues.ensureQueue(queueNames.deadLetters, {
    MessageRetentionPeriod: seconds(deadLetterQueue.retentionDays),
  });
  const events = queues.ensureQueue(queueNames.events, {
    MessageRetentionPeriod: seconds(eventsQueue.retentionDays),
    VisibilityTimeout: String(visibilityTimeoutSeconds(settings)),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetters.arn,
      maxReceiveCount: eventsQueue.maxReceiveCount,
    }),
  });
  return { events: events.url, deadLetters: deadLetters.url };
}

const seconds = (days: number): string => String(days * 86_400);
