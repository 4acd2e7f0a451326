import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

export const metricNamespace = 'ConversionsPipeline';

/** Counts of the functions (`functions/aws/emf.ts`), and of filters over the logs. */
export type PipelineMetricName =
  | 'EventsAccepted'
  | 'EventsRejected'
  | 'EventsNotQueued'
  | 'EventsOwed'
  | 'EventsDelivered'
  | 'EventsSkipped'
  | 'EventsDead'
  | 'EventsWaiting'
  | 'EventsNotReceived'
  | 'BalanceGap'
  | 'DestinationsHeld'
  | 'TokensRefused'
  | 'GraphRequests'
  | 'RequestsThrottled'
  | 'DeliveryLatency'
  | 'WaitingAge'
  | 'GraphVersionDaysLeft'
  | 'GraphVersionWarnings'
  | 'ReceiptsMissed'
  | 'RequestsOverLimit'
  | 'AnswersRefused'
  | 'EventNamesFell'
  | 'EventNamesGrew';

/** The metrics of one deployment: the environment is their only dimension, since each combination has a price. */
export class PipelineMetrics {
  readonly #environmentName: string;

  constructor(environmentName: string) {
    this.#environmentName = environmentName;
  }

  of(name: PipelineMetricName, statistic: string = Stats.SUM, period = Duration.minutes(5)): IMetric {
    return new Metric({
      namespace: metricNamespace,
      metricName: name,
      dimensionsMap: { environment: this.#environmentName },
      statistic,
      period,
    });
  }
}
