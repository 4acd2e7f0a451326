import type { CountChange } from '../../shared/alarms/count-changes.ts';
import type { IngestFacts } from '../../shared/ingest/request.ts';
import type { DeliveryReport, RefusedShare } from '../../shared/delivery/report.ts';

type Metric = readonly [name: string, unit: 'Count' | 'Milliseconds' | 'Percent' | 'Seconds', value: number];

/**
 * The members that make a log line CloudWatch metrics too (embedded metric format): one set per invocation, with the
 * environment as the only dimension unless others are named, since every further one has a price.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const embedded = (
  metrics: readonly Metric[],
  deployment: string,
  now: Date,
  dimensions: readonly (readonly string[])[] = [['environment']],
): Record<string, unknown> => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: 'ConversionsPipeline',
        Dimensions: dimensions,
        Metrics: metrics.map(([Name, Unit]) => ({ Name, Unit })),
      },
    ],
  },
  environment: deployment,
  ...Object.fromEntries(metrics.map(([name, , value]) => [name, value])),
});

/** A metric costs by the hour in which it is reported. One that is there for faults is reported where there are any. */
const ifAny = (...metrics: readonly Metric[]): readonly Metric[] => metrics.filter(([, , value]) => value !== 0);

interface ReceiptFacts {
  /** Undefined where nothing is recorded. */
  readonly receiptsMissed?: number | undefined;
}

export interface DeploymentFacts extends ReceiptFacts {
  readonly deployment: string;
  /** Of the Graph API version that goes first; undefined when no end is announced. */
  readonly graphVersionDaysLeft: number | undefined;
}

export const deliveryMetrics = (
  report: DeliveryReport,
  { deployment, graphVersionDaysLeft, receiptsMissed = 0 }: DeploymentFacts,
  now: Date,
): Record<string, unknown> =>
  embedded(
    [
      ['EventsOwed', 'Count', report.events + report.balanceGap],
      ['EventsDelivered', 'Count', report.delivered],
      ['EventsSkipped', 'Count', report.skipped],
      ['GraphRequests', 'Count', report.requests],
      ['DeliveryLatency', 'Milliseconds', report.latencyMs.max],
      ...ifAny(
        ['EventsDead', 'Count', report.dead + report.undecodable],
        ['EventsWaiting', 'Count', report.waiting],
        // To either side: counted too often is as wrong as not counted.
        ['BalanceGap', 'Count', Math.abs(report.balanceGap)],
        ['EventsNotReceived', 'Count', report.receivedMissing],
        ['EventsSlow', 'Count', report.slow],
        ['MessagesHandedBack', 'Count', report.handedBack],
        ['DestinationsHeld', 'Count', report.held.length],
        ['TokensRefused', 'Count', report.tokensRefused.length],
        ['RequestsThrottled', 'Count', report.requestsThrottled],
        ['ReceiptsMissed', 'Count', receiptsMissed],
        ['GraphVersionWarnings', 'Count', report.answers.versionWarnings],
        ['WaitingAge', 'Seconds', report.waitingSeconds],
      ),
      ...(graphVersionDaysLeft === undefined ? [] : [['GraphVersionDaysLeft', 'Count', graphVersionDaysLeft] as const]),
    ],
    deployment,
    now,
  );

/**
 * Share of a source's events that were refused, with the source as a dimension: paid for only by sources that have some.
 * The source stands beside it in the line.
 */
export const refusedShareMetrics = (
  { sent, refused }: RefusedShare,
  deployment: string,
  now: Date,
): Record<string, unknown> =>
  embedded([['RefusedShare', 'Percent', sent === 0 ? 0 : (refused / sent) * 100]], deployment, now, [
    ['environment', 'source'],
  ]);

/** @param events in a request that could not be queued count as not queued: the sender still owns them */
export const ingestMetrics = (
  { accepted = [], rejected, warnings, notQueued = 0, receiptsMissed = 0 }: IngestFacts & ReceiptFacts,
  deployment: string,
  now: Date,
): Record<string, unknown> =>
  embedded(
    [
      ['EventsAccepted', 'Count', accepted.length],
      ...ifAny(
        ['EventsRejected', 'Count', rejected?.count ?? 0],
        ['EventWarnings', 'Count', warnings?.count ?? 0],
        ['EventsNotQueued', 'Count', notQueued],
        ['ReceiptsMissed', 'Count', receiptsMissed],
      ),
    ],
    deployment,
    now,
  );

/** Counted in all, and by the `code` that stands beside it in the line. */
export const refusalMetrics = (
  { requests }: { readonly requests: number },
  deployment: string,
  now: Date,
): Record<string, unknown> =>
  embedded([['RequestsRefused', 'Count', requests]], deployment, now, [['environment'], ['environment', 'code']]);

/** How many event names came less, and more often than they usually do. */
export const countChangeMetrics = (
  changes: readonly CountChange[],
  deployment: string,
  now: Date,
): Record<string, unknown> => {
  const fell = changes.filter(({ changePercent }) => changePercent < 0).length;
  const metrics = ifAny(['EventNamesFell', 'Count', fell], ['EventNamesGrew', 'Count', changes.length - fell]);
  return metrics.length === 0 ? {} : embedded(metrics, deployment, now);
};
