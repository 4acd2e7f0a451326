import { describe, expect, it } from 'vitest';
import { readGraphError } from '../../../shared/meta/graph/graph-error.ts';
import { recordingGraph } from '../../support/recording-graph.ts';
import { order, record, runDeliver } from './delivery-fixture.ts';

const refusal = readGraphError(
  400,
  JSON.stringify({
    error: {
      ...{ message: 'Invalid parameter', code: 100, error_subcode: 2804003, fbtrace_id: 'Atrace' },
      ...{ error_user_title: 'Event too old', error_user_msg: 'The event of Jane Doe is too old.' },
    },
  }),
);

describe('the dead letter of an event that Meta refused', () => {
  it('keeps Meta’s ids and what Meta tells people', async () => {
    const { letters } = await runDeliver(
      [record('a', [order(1)])],
      recordingGraph(() => refusal),
    );

    expect(letters.map(({ graph }) => graph)).toEqual([
      {
        ...{ code: 100, subcode: 2804003, status: 400, traceId: 'Atrace' },
        ...{ userTitle: 'Event too old', userMessage: 'The event of Jane Doe is too old.' },
      },
    ]);
  });

  it('is the only place that keeps Meta’s words, which may quote the event', async () => {
    const { letters, report, groups } = await runDeliver(
      [record('a', [order(1)])],
      recordingGraph(() => refusal),
    );

    expect(JSON.stringify(letters)).toContain('Jane Doe');
    expect(JSON.stringify([report, [...groups.pages(100)]])).toContain('graph_100_2804003');
    expect(JSON.stringify([report, [...groups.pages(100)]])).not.toMatch(/Jane|too old/);
  });

  it('does without words where Meta gave none', async () => {
    const silent = readGraphError(400, JSON.stringify({ error: { code: 100, error_subcode: 2804003 } }));

    const { letters } = await runDeliver(
      [record('a', [order(1)])],
      recordingGraph(() => silent),
    );

    expect(letters.map(({ graph }) => graph)).toEqual([{ code: 100, subcode: 2804003, status: 400 }]);
  });
});
