import { describe, expect, it } from 'vitest';
import { type Failure, ownFailure } from '../../../shared/delivery/outcome.ts';
import { ReportBuilder } from '../../../shared/delivery/report.ts';
import { graphError } from '../../support/recording-graph.ts';
import { retryAction } from '../../../shared/meta/graph/graph-error.ts';
import { OutcomeGroups } from '../../../shared/delivery/outcome-groups.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { owedOrders, type ReadyEvent, retryAfter } from './delivery-fixture.ts';

const now = new Date('2026-03-10T12:00:00.000Z');
const failed = (code: number): Failure => {
  const error = graphError(code);
  return { ...error, action: retryAction(error) };
};
const [owed] = owedOrders(1) as [ReadyEvent];
const outOfTime = ownFailure('out_of_time', { action: 'retry', unsent: true });
const ready = { status: 'ready', mapping: 'purchase', json: '{}', partition: undefined, warnings: [] } as const;

describe('a delivery report', () => {
  it('of nothing is all zeros', () => {
    expect(new ReportBuilder().build(7, now)).toEqual({
      events: 0,
      balanceGap: 0,
      delivered: 0,
      skipped: 0,
      dead: 0,
      waiting: 0,
      undecodable: 0,
      handedBack: 0,
      reasons: {},
      requests: 0,
      requestsThrottled: 0,
      batchFill: 0,
      requestsPerThousandEvents: 0,
      latencyMs: { mean: 0, max: 0 },
      waitingSeconds: 0,
      held: [],
      holds: [],
      mended: [],
      tokensRefused: [],
      receivedMissing: 0,
      refusedBySource: [],
      slow: 0,
      slowest: [],
      answers: {
        traceIds: [],
        messages: [],
        requestsWithMessages: 0,
        versions: {},
        versionWarnings: 0,
        versionWarningTexts: {},
      },
      durationMs: 7,
    });
  });

  it('counts every outcome once, by reason', () => {
    const report = new ReportBuilder();
    const problem = { code: 'currency_invalid', message: 'Currency must be an ISO 4217 code.' } as const;

    report.outcome({ status: 'delivered', owed }, now);
    report.outcome({ status: 'dead', owed, failure: failed(105) }, now);
    report.outcome({ status: 'waiting', owed, failure: failed(1) }, now);
    report.verdict({ status: 'skipped', reason: 'no_mapping_matches' }, 'main', 'm-1');
    report.verdict({ status: 'skipped', reason: 'no_mapping_matches' }, 'main', 'm-1');
    report.verdict({ status: 'dead', mapping: 'purchase', problems: [problem, problem], warnings: [] }, 'main', 'm-1');
    report.undecodableMessage();

    expect(report.build(0, now)).toMatchObject({
      events: 6,
      delivered: 1,
      dead: 2,
      waiting: 1,
      skipped: 2,
      undecodable: 1,
      reasons: {
        dead: { graph_105: 1, currency_invalid: 1 },
        waiting: { graph_1: 1 },
        skipped: { no_mapping_matches: 2 },
      },
    });
  });

  it('leaves an event that is ready to the outcome of its delivery', () => {
    const report = new ReportBuilder();

    report.verdict(ready, 'main', 'm-1');

    expect(report.build(0, now).events).toBe(0);
  });

  it('shows what was owed and came to no end as a gap in the balance', () => {
    const report = new ReportBuilder();

    report.verdict(ready, 'main', 'm-1');
    report.verdict(ready, 'main', 'm-2');
    report.outcome({ status: 'delivered', owed }, now);

    expect(report.build(0, now)).toMatchObject({ events: 1, balanceGap: 1 });
  });

  it('names the destinations whose token was refused among those that are held', () => {
    const report = new ReportBuilder();

    report.outcome({ status: 'waiting', owed, failure: failed(190) }, now);

    expect(report.build(0, now)).toMatchObject({ held: ['main'], tokensRefused: ['main'] });
  });

  it('counts failures by their label', () => {
    const report = new ReportBuilder();

    report.outcome({ status: 'waiting', owed, failure: failed(190) }, now);
    report.outcome({ status: 'waiting', owed, failure: outOfTime }, now);

    expect(report.build(0, now).reasons).toEqual({ waiting: { graph_190: 1, out_of_time: 1 } });
  });

  it('measures from our receiving an event to Meta accepting it', () => {
    const report = new ReportBuilder();
    const received = Date.parse(owed.event.members.receivedAt);

    report.outcome({ status: 'delivered', owed }, new Date(received + 1_000));
    report.outcome({ status: 'delivered', owed }, new Date(received + 7_000));
    report.outcome({ status: 'delivered', owed }, new Date(received + 4_000));

    expect(report.build(0, now).latencyMs).toEqual({ mean: 4_000, max: 7_000 });
  });

  it.each([
    { title: 'from our receiving the latest one', deliverAfterSeconds: 0, seconds: 1_800 },
    { title: 'from when its destination delivers', deliverAfterSeconds: 600, seconds: 1_200 },
    { title: 'not at all before that', deliverAfterSeconds: 3_600, seconds: 0 },
  ])('measures how long events wait: $title', ({ deliverAfterSeconds, seconds }) => {
    const report = new ReportBuilder();
    const late = { ...owed, destination: { ...owed.destination, deliverAfterSeconds } };
    const received = Date.parse(owed.event.members.receivedAt);

    report.outcome({ status: 'waiting', owed: late, failure: failed(1) }, new Date(received + 1_800_000));
    report.outcome({ status: 'waiting', owed: late, failure: failed(1) }, new Date(received + 60_000));
    report.outcome({ status: 'delivered', owed: late }, new Date(received + 9_000_000));

    expect(report.build(0, now).waitingSeconds).toBe(seconds);
  });

  it('names a destination once that waits for a person', () => {
    const report = new ReportBuilder();

    report.outcome({ status: 'waiting', owed, failure: failed(190) }, now);
    report.outcome({ status: 'waiting', owed, failure: failed(190) }, now);
    report.outcome({ status: 'waiting', owed, failure: failed(1) }, now);

    expect(report.build(0, now).held).toEqual(['main']);
  });

  it('tells how full the requests were that Meta accepted', () => {
    const report = new ReportBuilder();

    Object.assign(report.tally, { requests: 3, accepted: 2, sent: 1_500, received: 1_500 });

    expect(report.build(0, now).batchFill).toBe(750);
  });

  it('tells how many sent events Meta did not count', () => {
    const report = new ReportBuilder();

    Object.assign(report.tally, { requests: 3, sent: 1_200, received: 1_195 });

    expect(report.build(0, now)).toMatchObject({ requests: 3, receivedMissing: 5 });
  });

  it('tells since when destinations are held, how many events wait, and how long they take to come back', () => {
    const report = new ReportBuilder();
    const heldSince = '2026-03-10T11:50:00.000Z';

    report.outcome(
      { status: 'waiting', owed: { ...owed, retry: retryAfter(1, { heldSince }) }, failure: failed(190) },
      now,
    );
    report.outcome({ status: 'waiting', owed, failure: failed(190) }, now);

    expect(report.build(0, now).holds).toEqual([
      { destination: 'main', waiting: 2, sinceSeconds: 600, drainSeconds: 240 },
    ]);
  });

  it.each([
    ['minutes', '2026-03-10T11:50:00.000Z', 900, { heldSeconds: 600, drainSeconds: 240 }],
    ['days', '2026-03-08T12:00:00.000Z', 900, { heldSeconds: 172_800, drainSeconds: 900 }],
    ['days, with shorter waits', '2026-03-08T12:00:00.000Z', 60, { heldSeconds: 172_800, drainSeconds: 60 }],
  ])(
    'tells that a destination takes events again after %s, and when the last of them are back',
    (_, heldSince, limit, expected) => {
      const report = new ReportBuilder(undefined, limit);

      report.outcome({ status: 'delivered', owed: { ...owed, retry: retryAfter(1, { heldSince }) } }, now);

      expect(report.build(0, now).mended).toEqual([{ destination: 'main', delivered: 1, ...expected }]);
    },
  );

  it('tells which share of the events of a source was refused, for sources with any', () => {
    const report = new ReportBuilder();

    report.outcome({ status: 'delivered', owed }, now);
    report.outcome({ status: 'dead', owed: { ...owed, source: 'outlet' }, failure: failed(105) }, now);
    report.outcome(
      { status: 'waiting', owed: { ...owed, source: 'outlet' }, failure: { ...failed(1), alone: true } },
      now,
    );
    report.outcome({ status: 'waiting', owed: { ...owed, source: 'outlet' }, failure: failed(1) }, now);
    report.outcome({ status: 'delivered', owed: { ...owed, source: 'outlet' } }, now);

    expect(report.build(0, now).refusedBySource).toEqual([{ source: 'outlet', sent: 3, refused: 2 }]);
  });

  it('names the slowest events, ten at most', () => {
    const report = new ReportBuilder();

    for (let ms = 1; ms <= 12; ms++) report.slowEvent({ source: 'shop', messageId: `m-${ms}`, planMs: ms * 100 });

    const { slow, slowest } = report.build(0, now);
    expect(slow).toBe(12);
    expect(slowest.map(({ planMs }) => planMs)).toEqual([1_200, 1_100, 1_000, 900, 800, 700, 600, 500, 400, 300]);
  });

  it('names events that wait at their first try only', () => {
    const groups = new OutcomeGroups('failures', sha256Hex);
    const report = new ReportBuilder(groups);

    report.outcome({ status: 'waiting', owed, failure: failed(1) }, now);
    report.outcome({ status: 'waiting', owed: { ...owed, retry: retryAfter(1) }, failure: failed(1) }, now);
    report.outcome({ status: 'dead', owed: { ...owed, retry: retryAfter(1) }, failure: failed(100) }, now);

    const [page = []] = groups.pages(100);
    expect(page.map(({ outcome, count, messageIds }) => [outcome, count, messageIds])).toEqual([
      ['waiting', 1, []],
      ['waiting', 1, ['order-0']],
      ['dead', 1, ['order-0']],
    ]);
  });
});
