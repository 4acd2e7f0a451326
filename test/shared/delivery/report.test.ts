import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../shared/meta/graph/graph-error.ts';
import { ReportBuilder } from '../../../shared/delivery/report.ts';
import { graphError } from '../../support/recording-graph.ts';
import { owedOrders, type ReadyEvent } from './delivery-fixture.ts';

const now = new Date('2026-03-10T12:00:00.000Z');
const [owed] = owedOrders(1) as [ReadyEvent];
const ready = { status: 'ready', mapping: 'purchase', json: '{}', testEventCode: undefined, warnings: [] } as const;

describe('a delivery report', () => {
  it('of nothing is all zeros', () => {
    expect(new ReportBuilder().build(7)).toEqual({
      events: 0,
      balanceGap: 0,
      delivered: 0,
      skipped: 0,
      dead: 0,
      waiting: 0,
      undecodable: 0,
      reasons: {},
      requests: 0,
      requestsThrottled: 0,
      batchFill: 0,
      requestsPerThousandEvents: 0,
      latencyMs: { mean: 0, max: 0 },
      waitingSeconds: 0,
      held: [],
      tokensRefused: [],
      receivedMissing: 0,
      durationMs: 7,
    });
  });

  it('counts every outcome once, by reason', () => {
    const report = new ReportBuilder();
    const problem = { code: 'currency_invalid', message: 'Currency must be an ISO 4217 code.' } as const;

    report.outcome({ status: 'delivered', owed }, now);
    report.outcome({ status: 'dead', owed, refusal: graphError(105) }, now);
    report.outcome({ status: 'waiting', owed, refusal: graphError(1) }, now);
    report.verdict({ status: 'skipped', reason: 'no_mapping_matches' }, 'main', 'm-1');
    report.verdict({ status: 'skipped', reason: 'no_mapping_matches' }, 'main', 'm-1');
    report.verdict({ status: 'dead', mapping: 'purchase', problems: [problem, problem], warnings: [] }, 'main', 'm-1');
    report.undecodableMessage();

    expect(report.build(0)).toMatchObject({
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

    expect(report.build(0).events).toBe(0);
  });

  it('shows what was owed and came to no end as a gap in the balance', () => {
    const report = new ReportBuilder();

    report.verdict(ready, 'main', 'm-1');
    report.verdict(ready, 'main', 'm-2');
    report.outcome({ status: 'delivered', owed }, now);

    expect(report.build(0)).toMatchObject({ events: 1, balanceGap: 1 });
  });

  it('names the destinations whose token was refused among those that are held', () => {
    const report = new ReportBuilder();

    report.outcome({ status: 'waiting', owed, refusal: graphError(190) }, now);

    expect(report.build(0)).toMatchObject({ held: ['main'], tokensRefused: ['main'] });
  });

  it.each<[Partial<Refusal>, string]>([
    [{ code: 100, subcode: 2804050 }, 'graph_100_2804050'],
    [{ code: 190, status: 401 }, 'graph_190'],
    [{ status: 503 }, 'http_503'],
    [{ remedy: 'hold' }, 'hold'],
  ])('names the reason of %j', (facts, name) => {
    const report = new ReportBuilder();

    report.outcome(
      { status: 'waiting', owed, refusal: { remedy: 'retry', reason: 'x', aboutEvent: false, ...facts } },
      now,
    );

    expect(report.build(0).reasons).toEqual({ waiting: { [name]: 1 } });
  });

  it('measures from our receiving an event to Meta accepting it', () => {
    const report = new ReportBuilder();
    const received = Date.parse(owed.event.receivedAt);

    report.outcome({ status: 'delivered', owed }, new Date(received + 1_000));
    report.outcome({ status: 'delivered', owed }, new Date(received + 4_000));

    expect(report.build(0).latencyMs).toEqual({ mean: 2_500, max: 4_000 });
  });

  it.each([
    { title: 'from our receiving the latest one', deliverAfterSeconds: 0, seconds: 1_800 },
    { title: 'from when its destination delivers', deliverAfterSeconds: 600, seconds: 1_200 },
    { title: 'not at all before that', deliverAfterSeconds: 3_600, seconds: 0 },
  ])('measures how long events wait: $title', ({ deliverAfterSeconds, seconds }) => {
    const report = new ReportBuilder();
    const config = { ...owed.destination.config, deliverAfterSeconds };
    const late = { ...owed, destination: { ...owed.destination, config } };
    const received = Date.parse(owed.event.receivedAt);

    report.outcome({ status: 'waiting', owed: late, refusal: graphError(1) }, new Date(received + 1_800_000));
    report.outcome({ status: 'waiting', owed: late, refusal: graphError(1) }, new Date(received + 60_000));
    report.outcome({ status: 'delivered', owed: late }, new Date(received + 9_000_000));

    expect(report.build(0).waitingSeconds).toBe(seconds);
  });

  it('names a destination once that waits for a person', () => {
    const report = new ReportBuilder();

    report.outcome({ status: 'waiting', owed, refusal: graphError(190) }, now);
    report.outcome({ status: 'waiting', owed, refusal: graphError(190) }, now);
    report.outcome({ status: 'waiting', owed, refusal: graphError(1) }, now);

    expect(report.build(0).held).toEqual(['main']);
  });

  it('tells how full the requests were that Meta accepted', () => {
    const report = new ReportBuilder();

    Object.assign(report.tally, { requests: 3, accepted: 2, sent: 1_500, received: 1_500 });

    expect(report.build(0).batchFill).toBe(750);
  });

  it('tells how many sent events Meta did not count', () => {
    const report = new ReportBuilder();

    Object.assign(report.tally, { requests: 3, sent: 1_200, received: 1_195 });

    expect(report.build(0)).toMatchObject({ requests: 3, receivedMissing: 5 });
  });
});
