import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { recordNames } from '../../shared/config/record-names.ts';
import { athenaRows } from '../../shared/record/athena-rows.ts';
import { athenaSource } from '../../shared/record/athena-source.ts';
import { awsProblem } from '../common/aws-problem.ts';
import type { AwsAccess } from '../common/services.ts';
import { CommandError } from '../kit/report-errors.ts';
import type { RecordStore, Row } from './record-store.ts';

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
      source: (span) => athenaSource(table, span),
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
          rows.push(...athenaRows(page.ResultSet, isFirstPage));
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
