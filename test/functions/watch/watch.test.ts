import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDuckDb } from '../../../commands/events/duckdb-store.ts';
import { compareCounts } from '../../../commands/quality/compare-counts.ts';
import { askAthena } from '../../../functions/aws/ask-athena.ts';
import { watch } from '../../../functions/watch/watch.ts';
import { causesIn } from '../../../shared/alarms/causes.ts';
import { alarmNote } from '../../../shared/alarms/alarm-note.ts';
import { readAlarm } from '../../../shared/alarms/read-alarm.ts';
import { temporaryDirectory } from '../../e2e/support/pipeline.ts';

const hourMs = 3_600_000;
const now = new Date('2026-12-01T10:15:30Z');

/** Counts that are the same every week, but for one name in the last hours. */
const rows = (fallen: number) =>
  [0, 1, 2, 3, 4].flatMap((week) =>
    [7, 8, 9].flatMap((hour) => {
      const h = Date.UTC(2026, 11, 1, hour) / hourMs - week * 168;
      return [
        { e: 'Purchase', h, total: week === 0 ? fallen : 68 },
        { e: 'View Content', h, total: 900 },
      ];
    }),
  );

async function watched(answer: readonly Readonly<Record<string, string | number>>[]) {
  const lines: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const query = async (sql: string) => {
    asked.push(sql);
    return answer;
  };
  const log = (level: string, message: string, facts = {}) => lines.push({ level, message, ...facts });
  const changes = await watch({ environment: 'production', now, query, log });
  return { changes, lines, asked };
}

describe('the function that compares counts', () => {
  it('names what fell, counts it for an alarm, and says nothing of what did not', async () => {
    const { lines } = await watched(rows(14));

    expect(lines).toMatchObject([
      {
        message: 'counts compared',
        until: '2026-12-01T10:00:00.000Z',
        names: 2,
        changes: ['Purchase fell by 79 % (42, usually 204)'],
        EventNamesFell: 1,
        environment: 'production',
      },
    ]);
    expect(lines[0]).not.toHaveProperty('EventNamesGrew');
  });

  it('counts nothing, and so pays for no metric, where all is as usual', async () => {
    const { lines } = await watched(rows(70));

    expect(lines).toMatchObject([{ changes: [] }]);
    expect(lines[0]).not.toHaveProperty('_aws');
  });

  it('reads the folders of the hours that are compared, and no others', async () => {
    const { asked } = await watched([]);

    expect(asked).toHaveLength(1);
    expect(asked[0]?.match(/day BETWEEN '[^']+' AND '[^']+' AND hour BETWEEN '07' AND '1[12]'/g)).toHaveLength(5);
    for (const day of ['2026-12-01', '2026-11-24', '2026-11-17', '2026-11-10', '2026-11-03']) {
      expect(asked[0]).toContain(`day BETWEEN '${day}' AND '${day}'`);
    }
  });

  it('has its line told by the note of the alarm that it rings', async () => {
    const { lines } = await watched(rows(14));
    const alarm = readAlarm(
      JSON.stringify({
        ...{ AlarmName: 'ConversionsPipeline-production-EventNamesFell', NewStateValue: 'ALARM' },
        ...{ AlarmDescription: 'An event name fell.', StateChangeTime: '2026-12-01T10:17:00.000+0000' },
      }),
    );
    if (alarm === undefined) throw new Error('The alarm cannot be read.');
    const causes = causesIn(lines.map((line) => JSON.stringify(line)));
    const options = { environment: 'production', alarmUrl: undefined, runbookUrl: undefined };
    const note = alarmNote(alarm, causes, options);

    expect(note.facts).toContainEqual(['Event names', 'Purchase fell by 79 % (42, usually 204)']);
    expect(note.command).toBe('npm run quality -- --env production');
  });
});

describe('asking Athena', () => {
  const client = (states: readonly object[], pages: readonly object[] = []) => {
    const [nextState, nextPage] = [states.values(), pages.values()];
    const send = async ({ constructor: { name } }: object): Promise<unknown> => {
      if (name === 'StartQueryExecutionCommand') return { QueryExecutionId: 'q-1' };
      if (name === 'GetQueryExecutionCommand') return { QueryExecution: { Status: nextState.next().value } };
      return nextPage.next().value;
    };
    return { send } as unknown as Parameters<typeof askAthena>[0];
  };
  const names = { workgroup: 'record', database: 'record' };
  const column = (name: string, type: string) => ({ Name: name, Type: type });
  const page = (rowsOfPage: readonly (readonly string[])[], NextToken?: string) => ({
    ...{ NextToken },
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: [column('e', 'varchar'), column('total', 'bigint')] },
      Rows: rowsOfPage.map((row) => ({ Data: row.map((VarCharValue) => ({ VarCharValue })) })),
    },
  });

  it('waits for the answer and reads all of its pages', async () => {
    const pages = [
      page(
        [
          ['e', 'total'],
          ['Purchase', '3'],
        ],
        'more',
      ),
      page([['Lead', '4']]),
    ];
    const asking = client([{ State: 'RUNNING' }, { State: 'SUCCEEDED' }], pages);

    expect(await askAthena(asking, names, 'SELECT')).toEqual([
      { e: 'Purchase', total: 3 },
      { e: 'Lead', total: 4 },
    ]);
  });

  it.each([
    [{ State: 'FAILED', StateChangeReason: 'Bytes scanned limit was exceeded' }, 'Bytes scanned limit'],
    [{ State: 'CANCELLED' }, 'CANCELLED'],
  ])('says why there is none: %j', async (state, says) => {
    await expect(askAthena(client([state]), names, 'SELECT')).rejects.toThrow(says);
  });
});

describe('compareCounts', () => {
  it('says of a record on this machine what the function says of one in AWS', async () => {
    const folder = temporaryDirectory();
    onTestFinished(() => folder.remove());
    for (const { e, h, total } of rows(14)) {
      const at = new Date(h * hourMs).toISOString();
      const hour = join(folder.path, `day=${at.slice(0, 10)}`, `hour=${at.slice(11, 13)}`);
      mkdirSync(hour, { recursive: true });
      const receipts = Array.from({ length: total }, (_, index) =>
        JSON.stringify({ v: 1, k: 'accepted', t: h * hourMs + index, id: `${e}-${h}-${index}`, e, s: 'shop' }),
      );
      writeFileSync(join(hour, `${e.replace(' ', '-')}.ndjson`), `${receipts.join('\n')}\n`);
    }
    const store = openDuckDb(folder.path);
    onTestFinished(() => store.close());

    expect(await compareCounts(store, now.getTime())).toEqual([
      { event: 'Purchase', count: 42, usual: 204, changePercent: -79 },
    ]);
  });
});
