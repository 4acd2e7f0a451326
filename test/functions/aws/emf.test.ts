import { describe, expect, it } from 'vitest';
import { deliveryMetrics, ingestMetrics, refusalMetrics, refusedShareMetrics } from '../../../functions/aws/emf.ts';
import { ReportBuilder } from '../../../shared/delivery/report.ts';

const now = new Date('2026-03-10T12:00:00.000Z');
const staging = { deployment: 'staging', graphVersionDaysLeft: 400 };
const report = { ...new ReportBuilder().build(5, now), events: 49, delivered: 48, dead: 1, undecodable: 1 };

interface Envelope {
  readonly CloudWatchMetrics: readonly {
    readonly Dimensions: string[][];
    readonly Metrics: { readonly Name: string }[];
  }[];
}

const counted = (count: number) => ({ first: [], count, moreByCode: undefined });

const sets = [
  ['deliveryMetrics', deliveryMetrics(report, staging, now)],
  ['ingestMetrics', ingestMetrics({ accepted: ['m-1', 'm-2'], rejected: counted(1) }, 'staging', now)],
] as const;

describe.each(sets)('%s', (_, members) => {
  const [declared] = (members['_aws'] as Envelope).CloudWatchMetrics;

  it('has a value for every metric it declares', () => {
    const names = declared?.Metrics.map(({ Name }) => Name) ?? [];

    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(members[name], name).toEqual(expect.any(Number));
  });

  it('has the environment as its only dimension', () => {
    expect([declared?.Dimensions, members['environment']]).toEqual([[['environment']], 'staging']);
    expect(members['_aws']).toMatchObject({ Timestamp: now.getTime() });
  });
});

describe('the values', () => {
  it('count what became of the events, unreadable messages among the dead', () => {
    expect(deliveryMetrics(report, staging, now)).toMatchObject({
      EventsOwed: 49,
      EventsDelivered: 48,
      EventsDead: 2,
      GraphVersionDaysLeft: 400,
    });
  });

  it('are left out where a metric is there for faults and there are none, since each costs by the hour', () => {
    const healthy = { ...report, dead: 0, undecodable: 0 };
    const names = (members: Record<string, unknown>) =>
      (members['_aws'] as Envelope).CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));

    expect(names(deliveryMetrics(healthy, { ...staging, graphVersionDaysLeft: undefined }, now))).toEqual([
      'EventsOwed',
      'EventsDelivered',
      'EventsSkipped',
      'GraphRequests',
      'DeliveryLatency',
    ]);
    expect(names(ingestMetrics({ accepted: ['m-1'] }, 'staging', now))).toEqual(['EventsAccepted']);
  });

  it('count slow events, messages handed back and warnings of the Graph version', () => {
    const answers = { ...report.answers, versionWarnings: 3 };

    expect(deliveryMetrics({ ...report, slow: 2, handedBack: 4, answers }, staging, now)).toMatchObject({
      EventsSlow: 2,
      MessagesHandedBack: 4,
      GraphVersionWarnings: 3,
    });
  });

  it.each([
    [200, 50, 25],
    [0, 0, 0],
  ])('tell which share of %i events of a source was refused, by source', (sent, refused, share) => {
    const members = refusedShareMetrics({ source: 'shop', sent, refused }, 'staging', now);

    expect(members).toMatchObject({ RefusedShare: share });
    expect((members['_aws'] as Envelope).CloudWatchMetrics[0]?.Dimensions).toEqual([['environment', 'source']]);
  });

  it('show a gap in the balance to either side', () => {
    const gap = (balanceGap: number) => deliveryMetrics({ ...report, balanceGap }, staging, now);

    expect(gap(3)).toMatchObject({ BalanceGap: 3, EventsOwed: 52 });
    expect(gap(-3)).toMatchObject({ BalanceGap: 3, EventsOwed: 46 });
  });

  it('leave out the days of a Graph version whose end nobody knows', () => {
    const members = deliveryMetrics(report, { ...staging, graphVersionDaysLeft: undefined }, now);

    expect(members).not.toHaveProperty('GraphVersionDaysLeft');
  });

  it('count what the door let in and what it did not', () => {
    expect(sets[1][1]).toMatchObject({ EventsAccepted: 2, EventsRejected: 1 });
    expect(ingestMetrics({ warnings: counted(3) }, 'staging', now)).toMatchObject({ EventWarnings: 3 });
    expect(ingestMetrics({ notQueued: 7 }, 'staging', now)).toMatchObject({ EventsAccepted: 0, EventsNotQueued: 7 });
  });

  it('count refused requests in all and by code', () => {
    const members = refusalMetrics({ requests: 40 }, 'staging', now);

    expect(members).toMatchObject({ RequestsRefused: 40, environment: 'staging' });
    expect((members['_aws'] as Envelope).CloudWatchMetrics[0]?.Dimensions).toEqual([
      ['environment'],
      ['environment', 'code'],
    ]);
  });
});
