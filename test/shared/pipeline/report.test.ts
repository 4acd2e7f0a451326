import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../shared/meta/graph-error.ts';
import type { OwedEvent } from '../../../shared/pipeline/batch.ts';
import { ReportBuilder } from '../../../shared/pipeline/report.ts';
import { graphError } from '../../support/recording-graph.ts';
import { owedOrders } from './delivery-fixture.ts';

const [owed] = owedOrders(1) as [OwedEvent];

describe('a delivery report', () => {
  it('of nothing is all zeros', () => {
    expect(new ReportBuilder().build(7)).toEqual({
      events: 0,
      delivered: 0,
      skipped: 0,
      dead: 0,
      waiting: 0,
      undecodable: 0,
      reasons: {},
      requests: 0,
      receivedMissing: 0,
      durationMs: 7,
    });
  });

  it('counts every outcome once, by reason', () => {
    const report = new ReportBuilder();
    const problem = { code: 'currency_invalid', message: 'The currency is not an ISO 4217 code.' } as const;

    report.outcome({ status: 'delivered', owed });
    report.outcome({ status: 'dead', owed, refusal: graphError(105) });
    report.outcome({ status: 'waiting', owed, refusal: graphError(1) });
    report.verdict({ status: 'skipped', reason: 'no_mapping_matches' });
    report.verdict({ status: 'skipped', reason: 'no_mapping_matches' });
    report.verdict({ status: 'dead', mapping: 'purchase', problems: [problem, problem], warnings: [] });
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

    report.verdict({ status: 'ready', mapping: 'purchase', json: '{}', testEventCode: undefined, warnings: [] });

    expect(report.build(0).events).toBe(0);
  });

  it.each<[Partial<Refusal>, string]>([
    [{ code: 100, subcode: 2804050 }, 'graph_100_2804050'],
    [{ code: 190, status: 401 }, 'graph_190'],
    [{ status: 503 }, 'http_503'],
    [{ remedy: 'hold' }, 'hold'],
  ])('names the reason of %j', (facts, name) => {
    const report = new ReportBuilder();

    report.outcome({ status: 'waiting', owed, refusal: { remedy: 'retry', reason: 'x', aboutEvent: false, ...facts } });

    expect(report.build(0).reasons).toEqual({ waiting: { [name]: 1 } });
  });

  it('tells how many sent events Meta did not count', () => {
    const report = new ReportBuilder();

    Object.assign(report.tally, { requests: 3, sent: 1_200, received: 1_195 });

    expect(report.build(0)).toMatchObject({ requests: 3, receivedMissing: 5 });
  });
});
