import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { BundledFunction } from '../bundled-function.ts';
import type { PipelineMetrics } from '../pipeline-metrics.ts';
import type { MakeAlarm } from './alarm-rule.ts';

/** One in 70 minutes: it is compared once an hour, and in between the alarm must not be over. */
const betweenHours = { periods: 14, of: 1 };

/** Those that ring when an event name comes less or more often than at its weekday and hour. */
export function addCountAlarms(alarm: MakeAlarm, { alias }: BundledFunction, metrics: PipelineMetrics): void {
  alarm('EventNamesFell', {
    severity: 'urgent',
    metric: metrics.of('EventNamesFell', Stats.MAXIMUM),
    ...betweenHours,
    says: 'An event name came at most half as often in the last three hours as at this weekday and time. `npm run quality` names it: does its sender still send?',
  });
  alarm('EventNamesGrew', {
    severity: 'notice',
    metric: metrics.of('EventNamesGrew', Stats.MAXIMUM),
    ...betweenHours,
    says: 'An event name came half as often again, or more, in the last three hours as at this weekday and time. `npm run quality` names it: is it sent twice?',
  });
  alarm('CountsNotCompared', {
    severity: 'notice',
    metric: alias.metricErrors({ statistic: Stats.SUM, period: Duration.hours(1) }),
    periods: 3,
    says: 'For three hours the counts of events could not be compared: no EventNamesFell can ring. The log of the function Counts says why.',
  });
}
