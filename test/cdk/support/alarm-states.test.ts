import { describe, expect, it } from 'vitest';
import { type AlarmJson, statesOf } from './alarm-states.ts';
import { evaluate } from './metric-math.ts';

describe('evaluate', () => {
  const metrics = { a: [1, 4, undefined], b: [2, 2, 2] };

  it.each([
    { expression: 'a + 2 * b', values: [5, 8, undefined] },
    { expression: '(a - b) / b', values: [-0.5, 1, undefined] },
    { expression: 'MAX([a, b, 3])', values: [3, 4, undefined] },
    { expression: 'FILL(a, 0) + b', values: [3, 6, 2] },
    { expression: 'IF(a >= b, 100 * a, 0)', values: [0, 400, undefined] },
    { expression: 'IF(FILL(a, 0) < 1, b, 0)', values: [0, 0, 2] },
    { expression: 'a == 4', values: [0, 1, undefined] },
  ])('$expression is $values', ({ expression, values }) => {
    expect(evaluate(expression, metrics, 3)).toEqual(values);
  });

  it.each(['a +', 'c', 'a b', 'SUM(a)', 'a ? b', 'MAX([a, b)'])('refuses %s', (expression) => {
    expect(() => evaluate(expression, metrics, 3)).toThrow();
  });
});

describe('statesOf', () => {
  const alarm: AlarmJson = {
    AlarmName: 'A',
    AlarmDescription: 'A',
    MetricName: 'M',
    Statistic: 'Sum',
    Period: 120,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 5,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
  };
  const M = [3, 3, 3, 3, undefined, undefined, [1, 1], undefined, undefined, undefined];

  it('rings for so many of so many periods, each of a statistic of its minutes', () => {
    expect(statesOf(alarm, { M })).toEqual(['OK', 'ALARM', 'ALARM', 'OK', 'OK']);
  });

  it('takes missing data as it is told', () => {
    expect(statesOf({ ...alarm, TreatMissingData: 'breaching' }, { M })).toEqual([
      'OK',
      'ALARM',
      'ALARM',
      'ALARM',
      'ALARM',
    ]);
  });

  it.each([
    { Statistic: 'Maximum', Threshold: 2 },
    { Statistic: 'Average', Threshold: 2 },
    { Statistic: 'SampleCount', Threshold: 1 },
  ])('knows the statistic $Statistic', (how) => {
    expect(statesOf({ ...alarm, ...how, DatapointsToAlarm: 1 }, { M })[0]).toBe('ALARM');
  });
});
