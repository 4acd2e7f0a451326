import { Duration } from 'aws-cdk-lib';
import { type Alarm, ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EnvironmentSettings } from '../../../shared/config/environment-settings.ts';
import type { BundledFunction } from '../bundled-function.ts';
import type { PipelineMetrics } from '../pipeline-metrics.ts';
import { betweenTries, fiveMinutes, type MakeAlarm, oneMinute, quarterHour, share } from './alarm-rule.ts';

/** Days before a Graph API version ends that a person should know. */
const graphVersionWarningDays = 60;
/** Share of its timeout at which deliver is called slow. */
const slowShare = 0.8;

/** Those that also take a new version of deliver back. */
export interface DeliveryAlarms {
  readonly balance: Alarm;
  readonly manyDead: Alarm;
}

/** Those that ring for what becomes of events, and for the function that sends them. */
export function addDeliveryAlarms(
  alarm: MakeAlarm,
  { alias }: BundledFunction,
  metrics: PipelineMetrics,
  settings: EnvironmentSettings,
): DeliveryAlarms {
  const slowMs = settings.deliver.timeoutSeconds * 1_000 * slowShare;

  alarm('EventsDead', {
    severity: 'notice',
    metric: metrics.of('EventsDead'),
    says: 'Events were given up on. `npm run dead-letters -- list` says which and why; it rings anew for each time.',
  });
  const manyDead = alarm('ManyEventsDead', {
    severity: 'urgent',
    metric: share({
      label: 'Events given up on, in per cent',
      part: metrics.of('EventsDead'),
      whole: metrics.of('EventsOwed'),
      least: 20,
      period: fiveMinutes,
    }),
    threshold: 5,
    says: 'More than one event in 20 is given up on. `npm run dead-letters -- list` says why. If it began with a deployment: `npm run rollback`; `redrive` brings the events back afterwards.',
  });
  alarm('WaitingAge', {
    severity: 'urgent',
    metric: metrics.of('WaitingAge', Stats.MAXIMUM),
    threshold: settings.freshnessSeconds,
    ...betweenTries,
    says: `An event was tried and still waits after ${settings.freshnessSeconds} s. \`reasons.waiting\` in the delivery report says why.`,
  });
  const balance = alarm('BalanceGap', {
    severity: 'urgent',
    metric: metrics.of('BalanceGap', Stats.MAXIMUM, oneMinute),
    says: 'Deliver took events that it cannot account for. This is a fault of the software: keep the logs and report it.',
  });
  alarm('DestinationHeld', {
    severity: 'urgent',
    metric: metrics.of('DestinationsHeld', Stats.MAXIMUM),
    ...betweenTries,
    says: 'A destination waits for a person: token, permission or dataset. `held` in the delivery report names it.',
  });
  alarm('TokenRefused', {
    severity: 'urgent',
    metric: metrics.of('TokensRefused', Stats.MAXIMUM),
    ...betweenTries,
    says: 'Meta refused a token. Put a new one in place with `npm run token:set`; the events wait.',
  });
  alarm('EventsNotReceived', {
    severity: 'notice',
    metric: metrics.of('EventsNotReceived'),
    says: 'Meta accepted requests but counted fewer events than they held. Compare with Events Manager, Diagnostics.',
  });
  alarm('ThrottledByMeta', {
    severity: 'notice',
    metric: metrics.of('RequestsThrottled'),
    // Not in a row: what is throttled comes back after minutes.
    periods: 6,
    of: 3,
    says: 'Meta has throttled requests in 15 of the last 30 minutes. Events arrive late; a wider batching window makes fewer requests.',
  });
  alarm('DeliverErrors', {
    severity: 'urgent',
    metric: alias.metricErrors({ statistic: Stats.SUM, period: fiveMinutes }),
    // A message that crashes the function comes back when its visibility timeout is over.
    periods: 3,
    of: 2,
    says: 'The deliver function keeps failing as a whole. Its log has the error; its events are tried again.',
  });
  alarm('DeliverThrottles', {
    severity: 'notice',
    metric: alias.metricThrottles({ statistic: Stats.SUM, period: fiveMinutes }),
    periods: 2,
    says: 'Lambda refused to run deliver: the concurrency of the account is used up. Events wait.',
  });
  alarm('DeliverSlow', {
    severity: 'notice',
    metric: alias.metricDuration({ statistic: Stats.percentile(99), period: fiveMinutes }),
    threshold: slowMs,
    periods: 3,
    says: `Deliver has needed more than ${slowMs / 1_000} s of its ${settings.deliver.timeoutSeconds} s for 15 minutes. Raise deliver.memoryMb or lower deliver.batchSize before it is stopped in the middle.`,
  });
  alarm('DeliverSilent', {
    severity: 'urgent',
    metric: new MathExpression({
      label: 'Invocations without any report',
      expression: 'IF(FILL(reports, 0) < 1, invocations, 0)',
      usingMetrics: {
        reports: metrics.of('EventsOwed', Stats.SAMPLE_COUNT, quarterHour),
        invocations: alias.metricInvocations({ statistic: Stats.SUM, period: quarterHour }),
      },
      period: quarterHour,
    }),
    // One may begin in this quarter of an hour and report in the next.
    threshold: 1,
    periods: 2,
    says: 'Deliver runs and reports nothing: no other alarm about delivery can ring. Is its log group there, and its key usable?',
  });
  alarm('GraphVersionEnds', {
    severity: 'notice',
    metric: metrics.of('GraphVersionDaysLeft', Stats.MINIMUM, Duration.hours(1)),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: graphVersionWarningDays,
    // A night without events is not the end of it; a day is, since a version whose end is not announced reports nothing.
    periods: 24,
    of: 1,
    says: `A Graph API version in use ends within ${graphVersionWarningDays} days. Set a newer \`graphVersion\` and deploy.`,
  });
  alarm('GraphVersionWarnings', {
    severity: 'notice',
    metric: metrics.of('GraphVersionWarnings', Stats.SUM, Duration.hours(1)),
    // Meta warns in its answers, and there may be a night without any.
    periods: 24,
    of: 1,
    says: 'Meta warns that a Graph API version in use comes to its end. `answers.versionWarningTexts` in the delivery report says which. Set a newer `graphVersion` and deploy.',
  });
  if (settings.record !== undefined) {
    alarm('ReceiptsMissed', {
      severity: 'notice',
      metric: metrics.of('ReceiptsMissed'),
      periods: 3,
      says: 'For 15 minutes receipts could not be written: the record has gaps, no event is touched. Is its stream there, and its secret readable? `npm run doctor` looks.',
    });
  }
  return { balance, manyDead };
}

/** Those that take a new version of deliver back while it gets its first traffic. */
export const addDeliveryCanary = (
  alarm: MakeAlarm,
  { alias }: BundledFunction,
  { balance, manyDead }: DeliveryAlarms,
): readonly Alarm[] => [
  alarm('DeliverErrorsCanary', {
    severity: 'canary',
    metric: alias.metricErrors({ statistic: Stats.SUM, period: oneMinute }),
    says: 'The deliver function failed as a whole while a new version got its first traffic; the version is taken back.',
  }),
  balance,
  manyDead,
];
