import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { BundledFunction } from './bundled-function.ts';
import type { EventQueue } from './event-queue.ts';
import type { IngestApi } from './ingest-api.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { PipelineMetrics } from './pipeline-metrics.ts';

export interface PipelineAlarmsProps extends PipelineContext {
  /** Begins the name of every alarm; unique in account and region. */
  readonly namePrefix: string;
  readonly topic: ITopic;
  readonly queue: EventQueue;
  readonly ingest: IngestApi;
  readonly deliver: BundledFunction;
}

interface AlarmRule {
  readonly metric: IMetric;
  /** Meaning of the alarm and the first thing to do; it is in the mail. */
  readonly says: string;
  /** @default ComparisonOperator.GREATER_THAN_THRESHOLD */
  readonly comparison?: ComparisonOperator;
  /** @default 0 */
  readonly threshold?: number;
  /** How far it looks back. @default 1 */
  readonly periods?: number;
  /** How many of these it takes. @default - all */
  readonly of?: number;
}

/** Days before a Graph API version ends that a person should know. */
const graphVersionWarningDays = 60;
const oneMinute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
/**
 * One in 20 minutes. Deliver reports when it runs; where only retries are left, that is every 15 minutes, and in between
 * other destinations may do well. Until the next try the alarm must not be over.
 */
const betweenTries = { periods: 4, of: 1 };

/** Every alarm of a pipeline. Each reports to one topic, when it rings and when it is over. */
export class PipelineAlarms extends Construct {
  readonly all: readonly Alarm[];
  /** Those that take a new version of each function back while it gets its first traffic. */
  readonly rollback: { readonly ingest: readonly Alarm[]; readonly deliver: readonly Alarm[] };

  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    const { settings, queue, ingest, deliver } = props;
    const metrics = new PipelineMetrics(props.environmentName);
    const action = new SnsAction(props.topic);

    const alarm = (name: string, rule: AlarmRule): Alarm => {
      const made = new Alarm(this, name, {
        alarmName: `${props.namePrefix}-${name}`,
        alarmDescription: rule.says,
        metric: rule.metric,
        comparisonOperator: rule.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: rule.threshold ?? 0,
        evaluationPeriods: rule.periods ?? 1,
        ...(rule.of !== undefined && { datapointsToAlarm: rule.of }),
        // No events is not a fault.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      made.addAlarmAction(action);
      made.addOkAction(action);
      return made;
    };

    const deadLetters = alarm('DeadLetters', {
      metric: queue.deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: fiveMinutes,
      }),
      says: 'Events were given up on. `npm run dead-letters -- list --dead-letter-queue <URL>` says which and why.',
    });
    const age = alarm('QueueAge', {
      metric: queue.events.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: fiveMinutes }),
      threshold: settings.freshnessSeconds,
      says: `An event has waited for more than ${settings.freshnessSeconds} s. Look at the delivery reports for the reason.`,
    });
    const waitingAge = alarm('WaitingAge', {
      metric: metrics.of('WaitingAge', Stats.MAXIMUM),
      threshold: settings.freshnessSeconds,
      ...betweenTries,
      says: `An event was tried and still waits after ${settings.freshnessSeconds} s. \`reasons.waiting\` in the delivery report says why.`,
    });
    const balance = alarm('BalanceGap', {
      metric: metrics.of('BalanceGap', Stats.MAXIMUM, oneMinute),
      says: 'Deliver took events that it cannot account for. This is a fault of the software: keep the logs and report it.',
    });
    const held = alarm('DestinationHeld', {
      metric: metrics.of('DestinationsHeld', Stats.MAXIMUM),
      ...betweenTries,
      says: 'A destination waits for a person: token, permission or dataset. `held` in the delivery report names it.',
    });
    const tokens = alarm('TokenRefused', {
      metric: metrics.of('TokensRefused', Stats.MAXIMUM),
      ...betweenTries,
      says: 'Meta refused a token. Put a new one in place with `npm run token:set`; the events wait.',
    });
    const notReceived = alarm('EventsNotReceived', {
      metric: metrics.of('EventsNotReceived'),
      says: 'Meta accepted requests but counted fewer events than they held. Compare with Events Manager, Diagnostics.',
    });
    const throttledByMeta = alarm('ThrottledByMeta', {
      metric: metrics.of('RequestsThrottled'),
      // Not in a row: what is throttled comes back after minutes.
      periods: 6,
      of: 3,
      says: 'Meta has throttled requests in 15 of the last 30 minutes. Events arrive late; a wider batching window makes fewer requests.',
    });
    const overLimit = alarm('ApiThrottled', {
      metric: metrics.of('RequestsOverLimit'),
      says: 'API Gateway refused requests over `throttle`. Libraries send again for a while; raise the limit.',
    });
    const serverErrors = alarm('IngestServerErrors', {
      metric: new MathExpression({
        label: 'Requests answered with 5xx, in per cent',
        expression: '100 * failed / MAX([requests, 1])',
        usingMetrics: {
          failed: ingest.api.metricServerError({ statistic: Stats.SUM, period: oneMinute }),
          requests: ingest.api.metricCount({ statistic: Stats.SUM, period: oneMinute }),
        },
        period: oneMinute,
      }),
      threshold: 1,
      says: 'More than 1 % of the requests failed with 5xx. The ingest log says why; libraries keep the events and send again.',
    });
    const ofFunction = (name: string, { alias }: BundledFunction) => ({
      errors: alarm(`${name}Errors`, {
        metric: alias.metricErrors({ statistic: Stats.SUM, period: oneMinute }),
        says: `The ${name} function failed as a whole. Its log has the error; its events are tried again.`,
      }),
      throttles: alarm(`${name}Throttles`, {
        metric: alias.metricThrottles({ statistic: Stats.SUM, period: fiveMinutes }),
        periods: 2,
        says: `Lambda refused to run ${name}: the concurrency of the account, or what is reserved for it, is used up.`,
      }),
    });
    const ofIngest = ofFunction('Ingest', ingest.ingest);
    const ofDeliver = ofFunction('Deliver', deliver);
    const graphVersion = alarm('GraphVersionEnds', {
      metric: metrics.of('GraphVersionDaysLeft', Stats.MINIMUM, Duration.hours(1)),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: graphVersionWarningDays,
      // A night without events is not the end of it; a day is, since a version whose end is not announced reports nothing.
      periods: 24,
      of: 1,
      says: `A Graph API version in use ends within ${graphVersionWarningDays} days. Set a newer \`graphVersion\` and deploy.`,
    });

    this.all = [
      ...[deadLetters, age, waitingAge, balance, held, tokens, notReceived, throttledByMeta, overLimit, serverErrors],
      ...[ofIngest.errors, ofIngest.throttles, ofDeliver.errors, ofDeliver.throttles, graphVersion],
    ];
    // Ingest answers 500 to what it did not foresee, which Lambda does not count as an error.
    this.rollback = { ingest: [ofIngest.errors, serverErrors], deliver: [ofDeliver.errors, balance] };
  }
}
