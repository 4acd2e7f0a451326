import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EnvironmentSettings } from '../../../shared/config/environment-settings.ts';
import type { EventQueue } from '../event-queue.ts';
import { fiveMinutes, type MakeAlarm } from './alarm-rule.ts';

const secondsPerDay = 86_400;
/** Left to act in before dead letters expire. */
const daysBeforeExpiry = 4;

/**
 * Those that ring for what lies on the queues.
 *
 * @param deliverAfterSeconds the longest that a destination lets events wait before they are sent
 */
export function addQueueAlarms(
  alarm: MakeAlarm,
  { events, deadLetters }: EventQueue,
  { freshnessSeconds, deadLetterQueue }: EnvironmentSettings,
  deliverAfterSeconds: number,
): void {
  const oldest = { statistic: Stats.MAXIMUM, period: fiveMinutes };
  const lateSeconds = freshnessSeconds + deliverAfterSeconds;
  const { retentionDays } = deadLetterQueue;
  const expiryDays = Math.max(retentionDays - daysBeforeExpiry, retentionDays / 2);

  alarm('QueueAge', {
    severity: 'urgent',
    metric: events.metricApproximateAgeOfOldestMessage(oldest),
    threshold: lateSeconds,
    says: `An event has waited for more than ${lateSeconds} s. Look at the delivery reports for the reason.`,
  });
  alarm('DeadLetters', {
    severity: 'notice',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible(oldest),
    says: 'There are dead letters, of deliver or of ingest. `npm run dead-letters -- list` says which and why. It is over when the queue is empty.',
  });
  alarm('DeadLettersExpire', {
    severity: 'notice',
    metric: deadLetters.metricApproximateAgeOfOldestMessage(oldest),
    threshold: expiryDays * secondsPerDay,
    says: `A dead letter is older than ${expiryDays} days and is gone after ${retentionDays}. Redrive it, or purge it knowingly.`,
  });
}
