import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** Metrics of a deployment that the console shows. */
const sums = [
  'EventsAccepted',
  'EventsOwed',
  'EventsDelivered',
  'EventsSkipped',
  'EventsDead',
  'EventsRejected',
  'EventsWaiting',
  'BalanceGap',
  'DestinationsHeld',
  'TokensRefused',
  'RequestsThrottled',
  'RequestsRefused',
  'GraphVersionWarnings',
  'ReceiptsMissed',
  'EventNamesFell',
  'EventNamesGrew',
] as const;
export type MetricName = (typeof sums)[number] | 'DeliveryLatency' | 'DeliveryLatency95';

/** Values by metric, each with the start of its minutes in epoch seconds, oldest first. */
export type Metrics = Readonly<Record<MetricName, readonly { readonly at: number; readonly value: number }[]>>;

/**
 * Metrics of an environment in steps of a period.
 *
 * @throws the SDK's error
 */
export async function readMetrics(
  client: CloudWatchClient,
  environment: string,
  { from, to, periodSeconds }: { readonly from: Date; readonly to: Date; readonly periodSeconds: number },
): Promise<Metrics> {
  const queries = [
    ...sums.map((name) => ({ id: name, name, stat: 'Sum' })),
    { id: 'DeliveryLatency', name: 'DeliveryLatency', stat: 'p50' },
    { id: 'DeliveryLatency95', name: 'DeliveryLatency', stat: 'p95' },
  ];
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: from,
      EndTime: to,
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries.map(({ id, name, stat }) => ({
        // Ids begin with a small letter.
        Id: `m${id}`,
        MetricStat: {
          Metric: {
            Namespace: 'ConversionsPipeline',
            MetricName: name,
            Dimensions: [{ Name: 'environment', Value: environment }],
          },
          Period: periodSeconds,
          Stat: stat,
        },
      })),
    }),
  );
  const byId = new Map(MetricDataResults.map((result) => [result.Id, result]));
  return Object.fromEntries(
    queries.map(({ id }) => {
      const { Timestamps = [], Values = [] } = byId.get(`m${id}`) ?? {};
      return [id, Timestamps.map((at, index) => ({ at: Math.floor(at.getTime() / 1_000), value: Values[index] ?? 0 }))];
    }),
  ) as unknown as Metrics;
}
