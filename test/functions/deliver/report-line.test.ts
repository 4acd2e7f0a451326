import { describe, expect, it } from 'vitest';
import { reportLine } from '../../../functions/deliver/report-line.ts';
import { readReport } from '../../../local/runtime/batch-line.ts';
import { ReportBuilder } from '../../../shared/delivery/report.ts';

const calm = { ...new ReportBuilder().build(5, new Date('2026-03-10T12:00:00Z')), records: 0, recordsFailed: 0 };

describe('reportLine', () => {
  it('says of an invocation without a fault what a chart shows, and nothing else', () => {
    expect(reportLine(calm)).toEqual({
      ...{ records: 0, events: 0, delivered: 0, skipped: 0, dead: 0, waiting: 0, requests: 0 },
      ...{ batchFill: 0, requestsPerThousandEvents: 0, latencyMs: calm.latencyMs, durationMs: 5 },
      answers: calm.answers,
    });
  });

  it('says everything that is not as usual', () => {
    const odd = {
      ...calm,
      ...{ recordsFailed: 1, balanceGap: -1, undecodable: 2, handedBack: 3, requestsThrottled: 4, receivedMissing: 5 },
      ...{ waitingSeconds: 6, slow: 1, held: ['main'], tokensRefused: ['main'] },
      reasons: { waiting: { graph_190: 1 } },
      holds: [{ destination: 'main', waiting: 1, sinceSeconds: 60, drainSeconds: 900 }],
      mended: [{ destination: 'b2b', delivered: 1, heldSeconds: 60, drainSeconds: 900 }],
      refusedBySource: [{ source: 'shop', sent: 2, refused: 1 }],
      slowest: [{ source: 'shop', messageId: 'm-1', planMs: 120 }],
    };

    expect(reportLine(odd)).toEqual(odd);
  });

  it.each([calm, { ...calm, undecodable: 2, dead: 1, reasons: { dead: { graph_100: 1 } } }])(
    'is read on this machine as it was',
    (report) => {
      expect(readReport(JSON.stringify({ message: 'delivery report', ...reportLine(report) }))).toMatchObject({
        ...{ events: report.events, dead: report.dead, undecodable: report.undecodable, reasons: report.reasons },
      });
    },
  );
});
