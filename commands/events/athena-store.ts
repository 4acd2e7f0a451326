import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { recordNames } from '../../shared/config/record-names.ts';
import { awsProblem } from '../common/aws-problem.ts';
import type { AwsAccess } from '../common/services.ts';
import { CommandError } from '../kit/report-errors.ts';
import { quoted, type RecordStore, type Row, type Span } from './record-store.ts';

/** Receipts lie in the folder of the hour at which Firehose wrote them: at most this long after what they tell of. */
const latestMs = 2 * 3_600_000;
const firstWaitMs = 300;
const longestWaitMs = 3_000;

/** The record of a deployment in AWS, asked by Athena under a workgroup that limits what a question may read. */
export function openAthena(
  aws: AwsAccess,
  { workgroup, database, table }: Pick<ReturnType<typeof recordNames>, 'workgroup' | 'database' | 'table'>,
): RecordStore {
  const client = new AthenaClient(aws);

  async function run(sql: string): Promise<string> {
    const { QueryExecutionId: id = '' } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: database },
      }),
    );
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 1.5)) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const { State: state, StateChangeReason: reason = '' } = QueryExecution?.Status ?? {};
      if (state === 'SUCCEEDED') return id;
      if (state === 'FAILED' || state === 'CANCELLED') {
        const fix = /scanned|limit/i.test(reason)
          ? 'Ask about a shorter time with --since, or raise the scan limit of the record in config/environments.ts.'
          : 'Look at the query in the Athena console, in the workgroup of the record.';
        throw new CommandError({ reason: `Athena: ${reason || state}`, fix });
      }
      await sleep(waitMs);
    }
  }

  return {
    dialect: {
      source: (span) => sourceOf(table, span),
      median: (column) => `approx_percentile(${column}, 0.5)`,
      percentile95: (column) => `approx_percentile(${column}, 0.95)`,
    },
    async query(sql) {
      try {
        const id = await run(sql);
        const rows: Row[] = [];
        let isFirstPage = true;
        for (let token: string | undefined; ; ) {
          const page = await client.send(new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: token }));
          rows.push(...rowsOf(page.ResultSet, isFirstPage));
          isFirstPage = false;
          token = page.NextToken;
          if (token === undefined) return rows;
        }
      } catch (error) {
        throw error instanceof CommandError ? error : new CommandError(awsProblem(error), error);
      }
    },
    async close() {
      client.destroy();
    },
  };
}

function sourceOf(table: string, { from, to }: Span): string {
  const first = new Date(Math.max(0, from)).toISOString();
  const last = new Date(Math.min(to + latestMs, Date.UTC(9999, 0))).toISOString();
  const days = `day BETWEEN ${quoted(first.slice(0, 10))} AND ${quoted(last.slice(0, 10))}`;
  return `(SELECT *, "$path" AS file FROM ${table} WHERE ${days} AND v = 1 AND t BETWEEN ${from} AND ${to})`;
}

interface Results {
  readonly Rows?:
    | readonly { readonly Data?: readonly { readonly VarCharValue?: string | undefined }[] | undefined }[]
    | undefined;
  readonly ResultSetMetadata?:
    | {
        readonly ColumnInfo?:
          | readonly { readonly Name?: string | undefined; readonly Type?: string | undefined }[]
          | undefined;
      }
    | undefined;
}

const numberTypes: ReadonlySet<string | undefined> = new Set(['integer', 'bigint', 'double', 'decimal']);

/** The first row of the first page is the names of the columns. */
export function rowsOf({ Rows = [], ResultSetMetadata }: Results = {}, isFirstPage = false): Row[] {
  const columns = ResultSetMetadata?.ColumnInfo ?? [];
  return Rows.slice(isFirstPage ? 1 : 0).map(({ Data = [] }) =>
    Object.fromEntries(
      columns.flatMap(({ Name: name = '', Type: type }, index) => {
        const value = Data[index]?.VarCharValue;
        if (value === undefined) return [];
        return [[name, numberTypes.has(type) ? Number(value) : value]];
      }),
    ),
  );
}
