import { describe, expect, it } from 'vitest';
import { describeBatch, readReport } from '../../../local/runtime/batch-line.ts';

const report = {
  ...{ message: 'delivery report', events: 4, delivered: 1, skipped: 2, dead: 0, waiting: 1, undecodable: 0 },
  ...{ requests: 1, durationMs: 60, reasons: { skipped: { no_mapping_matches: 2 }, waiting: { graph_190: 1 } } },
};

describe('the line of a batch', () => {
  it.each([
    {
      title: 'names the events of each reason',
      names: new Map([
        ['no_mapping_matches', ['Order Refunded', 'identify']],
        ['graph_190', ['Order Completed']],
      ]),
      line: 'events 1/4 delivered, 1 waiting [graph_190: Order Completed], 2 skipped [no_mapping_matches: Order Refunded, identify] (60 ms)',
    },
    {
      title: 'does without names',
      names: undefined,
      line: 'events 1/4 delivered, 1 waiting [graph_190], 2 skipped [no_mapping_matches] (60 ms)',
    },
    {
      title: 'lets no name write on the terminal',
      names: new Map([['graph_190', ['\u001b[2Jgone']]]),
      line: expect.not.stringContaining('\u001b'),
    },
  ])('$title', ({ names, line }) => {
    const read = readReport(JSON.stringify(report));
    if (read === undefined) throw new Error('The report is not read.');

    expect(describeBatch({ ...read, ...(names && { names }) })).toEqual(line);
  });
});
