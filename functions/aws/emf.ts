import type { DeliveryReport } from '../../shared/pipeline/report.ts';

const namespace = 'ConversionsPipeline';

/** Metric names with their units, and where the report has the value. */
const metrics: readonly (readonly [
  name: string,
  unit: 'Count' | 'Milliseconds',
  value: (report: DeliveryReport) => number,
])[] = [
  ['EventsDelivered', 'Count', ({ delivered }) => delivered],
  ['EventsSkipped', 'Count', ({ skipped }) => skipped],
  ['EventsDead', 'Count', ({ dead, undecodable }) => dead + undecodable],
  ['EventsWaiting', 'Count', ({ waiting }) => waiting],
  ['EventsNotReceived', 'Count', ({ receivedMissing }) => receivedMissing],
  ['DestinationsHeld', 'Count', ({ held }) => held.length],
  ['GraphRequests', 'Count', ({ requests }) => requests],
  ['BatchFill', 'Count', ({ batchFill }) => batchFill],
  ['DeliveryLatency', 'Milliseconds', ({ latencyMs }) => latencyMs.max],
];

/**
 * The members that make a log line CloudWatch metrics too (embedded metric format): one set per invocation, with the
 * environment as the only dimension, since every further one has a price.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const deliveryMetrics = (report: DeliveryReport, environment: string, now: Date): Record<string, unknown> => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: namespace,
        Dimensions: [['environment']],
        Metrics: metrics.map(([Name, Unit]) => ({ Name, Unit })),
      },
    ],
  },
  environment,
  ...Object.fromEntries(metrics.map(([name, , value]) => [name, value(report)])),
});
