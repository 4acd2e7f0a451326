import { describe, expect, it } from 'vitest';
import { deliveryMetrics } from '../../../functions/aws/emf.ts';
import { ReportBuilder } from '../../../shared/pipeline/report.ts';

const now = new Date('2026-03-10T12:00:00.000Z');

describe('deliveryMetrics', () => {
  const members = deliveryMetrics(
    { ...new ReportBuilder().build(5), delivered: 48, dead: 1, undecodable: 1 },
    'staging',
    now,
  );
  const { _aws: envelope } = members as {
    _aws: { Timestamp: number; CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  };

  it('has a value for every metric it declares', () => {
    const [{ Metrics = [] } = {}] = envelope.CloudWatchMetrics;

    expect(Metrics.length).toBeGreaterThan(5);
    for (const { Name } of Metrics) expect(members[Name], Name).toEqual(expect.any(Number));
  });

  it('counts what became of the events, unreadable messages among the dead', () => {
    expect(members).toMatchObject({ EventsDelivered: 48, EventsDead: 2, environment: 'staging' });
  });

  it('has the environment as its only dimension', () => {
    expect(envelope.CloudWatchMetrics.map(({ Dimensions }) => Dimensions)).toEqual([[['environment']]]);
    expect(envelope.Timestamp).toBe(now.getTime());
  });
});
