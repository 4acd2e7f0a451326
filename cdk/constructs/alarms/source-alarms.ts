import { Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { metricNamespace, type PipelineMetrics } from '../pipeline-metrics.ts';
import { fiveMinutes, type MakeAlarm } from './alarm-rule.ts';

/** Promises of the configuration about a source. */
export interface SourceTraffic {
  /** Hours within which something always comes. */
  readonly expectsTraffic?: { readonly withinHours: number } | undefined;
}

export type Sources = Readonly<Record<string, SourceTraffic>>;

const oneHour = Duration.hours(1);
type Counted = 'EventsAccepted' | 'EventsRejected';
type CountOf = (source: string, name: Counted, period: Duration) => IMetric;

/**
 * Those that ring for one source: it sends what is refused, or nothing at all. Where there is one source, what the
 * functions count is its own; where there are several, filters count by source, and each metric has its price.
 */
export function addSourceAlarms(
  alarm: MakeAlarm,
  sources: Sources,
  metrics: PipelineMetrics,
  environmentName: string,
  ingestLogs: LogGroup,
): void {
  const names = Object.keys(sources);
  const only = names.length <= 1;
  const count: CountOf = only
    ? (_, name, period) => metrics.of(name, Stats.SUM, period)
    : countedInLog(ingestLogs, environmentName);

  for (const source of names.length === 0 ? [undefined] : names) {
    const suffix = only || source === undefined ? '' : `-${source}`;
    const named = source === undefined ? 'the sources' : `source "${source}"`;
    const name = source ?? '';
    alarm(`EventsRejected${suffix}`, {
      severity: 'notice',
      metric: new MathExpression({
        label: 'Events refused at the door, in per cent',
        expression: 'IF(rejected >= 10, 100 * rejected / (accepted + rejected), 0)',
        usingMetrics: {
          rejected: count(name, 'EventsRejected', fiveMinutes),
          accepted: count(name, 'EventsAccepted', fiveMinutes),
        },
        period: fiveMinutes,
      }),
      threshold: 10,
      periods: 3,
      of: 2,
      says: `More than a tenth of what ${named} sends is refused, and kept as dead letters. The saved query "Rejected at the door" has the reasons; tell the sender.`,
    });

    const hours = source === undefined ? undefined : sources[source]?.expectsTraffic?.withinHours;
    if (hours === undefined) continue;
    alarm(`SourceSilent${suffix}`, {
      severity: 'urgent',
      metric: new MathExpression({
        label: `Events accepted from ${source}`,
        expression: 'FILL(accepted, 0)',
        usingMetrics: { accepted: count(name, 'EventsAccepted', oneHour) },
        period: oneHour,
      }),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      periods: hours,
      missing: TreatMissingData.BREACHING,
      says: `Nothing has been accepted from ${named} for ${hours} h, and it promises traffic. Is it sending, and is it refused? Look at RequestsRefused and the ingest log.`,
    });
  }
}

/** Metrics by source, out of the lines of ingest. A filter is made for what is asked for. */
function countedInLog(logs: LogGroup, environment: string): CountOf {
  const made = new Set<string>();
  return (source, metricName, period) => {
    const id = `${metricName}-${source}`;
    if (!made.has(id)) {
      made.add(id);
      logs.addMetricFilter(id, {
        filterPattern: FilterPattern.all(
          FilterPattern.stringValue('$.message', '=', 'events received'),
          FilterPattern.stringValue('$.source', '=', source),
        ),
        metricNamespace,
        metricName,
        metricValue: `$.${metricName}`,
        dimensions: { environment: '$.environment', source: '$.source' },
      });
    }
    return new Metric({
      namespace: metricNamespace,
      metricName,
      dimensionsMap: { environment, source },
      statistic: Stats.SUM,
      period,
    });
  };
}
