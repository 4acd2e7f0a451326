import type { Duration } from 'aws-cdk-lib';
import { type Alarm, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { CanaryDeployment } from '../../../shared/config/environment-settings.ts';
import type { IngestApi } from '../ingest-api.ts';
import type { PipelineMetrics } from '../pipeline-metrics.ts';
import { fiveMinutes, type MakeAlarm, oneMinute, share } from './alarm-rule.ts';

/** Those that ring for what happens to requests, and for the function behind them. */
export function addIngestAlarms(alarm: MakeAlarm, { api, ingest }: IngestApi, metrics: PipelineMetrics): void {
  const requests = (period: Duration) => api.metricCount({ statistic: Stats.SUM, period });

  alarm('RequestsRefused', {
    severity: 'urgent',
    metric: share({
      label: 'Requests answered with 400, 401, 403, 404 or 413, in per cent',
      part: metrics.of('AnswersRefused', Stats.SUM, fiveMinutes),
      whole: requests(fiveMinutes),
      least: 10,
      period: fiveMinutes,
    }),
    threshold: 10,
    periods: 3,
    says: 'More than a tenth of the requests have been refused for 15 minutes. Libraries drop what is refused: the saved query "Refused requests" has the statuses, the ingest log the reasons. A wrong write key, a removed source or origin?',
  });
  alarm('ApiThrottled', {
    severity: 'urgent',
    metric: metrics.of('RequestsOverLimit'),
    periods: 3,
    of: 2,
    says: 'API Gateway keeps refusing requests over `throttle`. Libraries send again for a while; raise the limit, or stop the sender. AWS may log fewer than there were.',
  });
  alarm('IngestServerErrors', {
    severity: 'urgent',
    metric: serverErrors(api.metricServerError({ statistic: Stats.SUM, period: oneMinute }), requests(oneMinute), 5),
    threshold: 1,
    periods: 5,
    of: 3,
    says: 'More than 1 % of the requests have failed with 5xx in three of five minutes. The ingest log says why; libraries keep the events and send again.',
  });
  alarm('IngestErrors', {
    severity: 'urgent',
    metric: ingest.alias.metricErrors({ statistic: Stats.SUM, period: fiveMinutes }),
    periods: 3,
    of: 2,
    says: 'The ingest function keeps failing as a whole. Its log has the error; clients get 500 and send again.',
  });
  alarm('IngestThrottles', {
    severity: 'urgent',
    metric: ingest.alias.metricThrottles({ statistic: Stats.SUM, period: fiveMinutes }),
    periods: 2,
    says: 'Lambda refused to run ingest: the concurrency of the account, or what is reserved for it, is used up.',
  });
}

/** Those that take a new version of ingest back while it gets its first traffic. */
export function addIngestCanary(
  alarm: MakeAlarm,
  { api, ingest }: IngestApi,
  metrics: PipelineMetrics,
  { canaryPercent }: CanaryDeployment,
): readonly Alarm[] {
  const sum = { statistic: Stats.SUM, period: oneMinute };
  return [
    alarm('IngestErrorsCanary', {
      severity: 'canary',
      metric: ingest.alias.metricErrors(sum),
      says: 'The ingest function failed as a whole while a new version got its first traffic; the version is taken back.',
    }),
    // Ingest answers 500 to what it did not foresee, which Lambda does not count as an error.
    alarm('IngestServerErrorsCanary', {
      severity: 'canary',
      metric: serverErrors(api.metricServerError(sum), api.metricCount(sum), 1),
      threshold: 1,
      says: 'Requests failed with 5xx while a new version of ingest got its first traffic; the version is taken back.',
    }),
    alarm('RequestsRefusedCanary', {
      severity: 'canary',
      metric: share({
        label: 'Requests answered with 400, 401, 403, 404 or 413, in per cent',
        part: metrics.of('AnswersRefused', Stats.SUM, oneMinute),
        whole: api.metricCount(sum),
        least: 3,
        period: oneMinute,
      }),
      // A version that refuses everything refuses no more than its share of the traffic.
      threshold: canaryPercent / 2,
      periods: 5,
      of: 2,
      says: 'Many requests were refused while a new version of ingest got its first traffic; the version is taken back.',
    }),
  ];
}

const serverErrors = (part: IMetric, whole: IMetric, least: number): IMetric =>
  share({ label: 'Requests answered with 5xx, in per cent', part, whole, least, period: oneMinute });
