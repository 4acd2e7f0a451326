import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import { resource, resourcesOf } from './support/settings-from-template.ts';
import { synthesize } from './support/synthesized.ts';

const { production } = environments;
const template = synthesize(production);

/** Each alarm: what it reads, and of how many periods how many must be beyond which value. */
const alarms = [
  { name: 'DeadLetters', reads: 'AWS/SQS ApproximateNumberOfMessagesVisible Maximum', rings: '1 of 1 × 300 s > 0' },
  { name: 'QueueAge', reads: 'AWS/SQS ApproximateAgeOfOldestMessage Maximum', rings: '1 of 1 × 300 s > 600' },
  { name: 'WaitingAge', reads: 'ConversionsPipeline WaitingAge Maximum', rings: '1 of 4 × 300 s > 600' },
  { name: 'BalanceGap', reads: 'ConversionsPipeline BalanceGap Maximum', rings: '1 of 1 × 60 s > 0' },
  { name: 'DestinationHeld', reads: 'ConversionsPipeline DestinationsHeld Maximum', rings: '1 of 4 × 300 s > 0' },
  { name: 'TokenRefused', reads: 'ConversionsPipeline TokensRefused Maximum', rings: '1 of 4 × 300 s > 0' },
  { name: 'EventsNotReceived', reads: 'ConversionsPipeline EventsNotReceived Sum', rings: '1 of 1 × 300 s > 0' },
  { name: 'ThrottledByMeta', reads: 'ConversionsPipeline RequestsThrottled Sum', rings: '3 of 6 × 300 s > 0' },
  { name: 'ApiThrottled', reads: 'ConversionsPipeline RequestsOverLimit Sum', rings: '1 of 1 × 300 s > 0' },
  { name: 'IngestServerErrors', reads: '100 * 5xx / Count', rings: '1 of 1 × 60 s > 1' },
  { name: 'IngestErrors', reads: 'AWS/Lambda Errors Sum', rings: '1 of 1 × 60 s > 0' },
  { name: 'IngestThrottles', reads: 'AWS/Lambda Throttles Sum', rings: '2 of 2 × 300 s > 0' },
  { name: 'DeliverErrors', reads: 'AWS/Lambda Errors Sum', rings: '1 of 1 × 60 s > 0' },
  { name: 'DeliverThrottles', reads: 'AWS/Lambda Throttles Sum', rings: '2 of 2 × 300 s > 0' },
  {
    name: 'GraphVersionEnds',
    reads: 'ConversionsPipeline GraphVersionDaysLeft Minimum',
    rings: '1 of 24 × 3600 s < 60',
  },
];

interface Alarm {
  readonly AlarmName: string;
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly Period?: number;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Metrics?: readonly {
    readonly Expression?: string;
    readonly MetricStat?: { readonly Period: number; readonly Metric: { readonly MetricName: string } };
  }[];
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
}

const made = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(
  ([, { Properties }]) => Properties as unknown as Alarm,
);
const shortName = ({ AlarmName }: Alarm): string => AlarmName.replace(/^.*-/, '');
const signs: Readonly<Record<string, string>> = { GreaterThanThreshold: '>', LessThanThreshold: '<' };

function reads({ Namespace, MetricName, Statistic, Metrics }: Alarm): string {
  if (Metrics === undefined) return `${Namespace} ${MetricName} ${Statistic}`;
  const [failed, requests] = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);
  const expression = Metrics.flatMap(({ Expression }) => Expression ?? []).join();
  return expression === '100 * failed / MAX([requests, 1])' ? `100 * ${failed} / ${requests}` : expression;
}

function rings(alarm: Alarm): string {
  const { EvaluationPeriods: periods, DatapointsToAlarm = periods, Metrics = [], Threshold } = alarm;
  const period = alarm.Period ?? Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period;
  return `${DatapointsToAlarm} of ${periods} × ${period} s ${signs[alarm.ComparisonOperator]} ${Threshold}`;
}

const found = (name: string): Alarm => {
  const [only, ...others] = made.filter((alarm) => shortName(alarm) === name);
  if (only === undefined || others.length > 0) throw new Error(`not one alarm is named ${name}`);
  return only;
};

describe('alarms', () => {
  it.each(alarms)('$name rings at $rings of $reads', ({ name, ...expected }) => {
    const alarm = found(name);

    expect({ reads: reads(alarm), rings: rings(alarm) }).toEqual(expected);
  });

  it('are these, and no more', () => {
    expect(made.map(shortName).toSorted()).toEqual(alarms.map(({ name }) => name).toSorted());
  });

  it.each([
    { name: 'DeadLetters', dimension: 'QueueName', of: 'QueueDeadLetters' },
    { name: 'QueueAge', dimension: 'QueueName', of: 'QueueEvents' },
    { name: 'IngestErrors', dimension: 'Resource', of: 'IngestFunction' },
    { name: 'DeliverErrors', dimension: 'Resource', of: 'DeliverFunction' },
    { name: 'IngestThrottles', dimension: 'Resource', of: 'IngestFunction' },
    { name: 'DeliverThrottles', dimension: 'Resource', of: 'DeliverFunction' },
  ])('$name watches $of', ({ name, dimension, of }) => {
    const value = found(name).Dimensions?.find(({ Name }) => Name === dimension)?.Value;

    expect(JSON.stringify(value)).toContain(of);
  });

  it('of what the functions count watch this environment', () => {
    const own = made.filter(({ Namespace }) => Namespace === 'ConversionsPipeline');

    expect(own.map(({ Dimensions }) => Dimensions)).toEqual(
      own.map(() => [{ Name: 'environment', Value: 'production' }]),
    );
  });

  it('ring for as long as the longest wait between two tries leaves no data', () => {
    const longestDelaySeconds = 900;

    for (const name of ['WaitingAge', 'DestinationHeld', 'TokenRefused']) {
      const { Period: seconds = 0, EvaluationPeriods: periods } = found(name);
      expect((periods - 1) * seconds).toBeGreaterThanOrEqual(longestDelaySeconds);
    }
  });

  it('count the requests that API Gateway refuses, by what it writes into the access log', () => {
    const { FilterPattern, MetricTransformations } = resource(template, 'AWS::Logs::MetricFilter').Properties;
    const { Format } = resource(template, 'AWS::ApiGatewayV2::Stage').Properties['AccessLogSettings'] as {
      Format: string;
    };

    expect(FilterPattern).toBe('{ $.status = "429" }');
    expect(MetricTransformations).toEqual([
      {
        MetricNamespace: 'ConversionsPipeline',
        MetricName: 'RequestsOverLimit',
        MetricValue: '1',
        Dimensions: [{ Key: 'environment', Value: '$.environment' }],
      },
    ]);
    expect(JSON.parse(Format)).toMatchObject({ status: '$context.status', environment: 'production' });
  });

  it('are all on the dashboard', () => {
    const dashboard = JSON.stringify(resource(template, 'AWS::CloudWatch::Dashboard'));

    for (const [id] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) expect(dashboard).toContain(`"${id}"`);
  });
});
