import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { type AthenaRow, athenaRows } from '../../shared/record/athena-rows.ts';

const pollMs = 500;

/**
 * Asks Athena a question whose answer has at most a thousand rows for each page.
 *
 * @throws Error with Athena's reason when the query fails
 */
export async function askAthena(
  client: Pick<AthenaClient, 'send'>,
  { workgroup, database }: { readonly workgroup: string; readonly database: string },
  sql: string,
): Promise<AthenaRow[]> {
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: workgroup,
      QueryExecutionContext: { Database: database },
    }),
  );
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State: state, StateChangeReason: reason = '' } = QueryExecution?.Status ?? {};
    if (state === 'SUCCEEDED') break;
    if (state === 'FAILED' || state === 'CANCELLED') throw new Error(`Athena: ${reason || state}`);
    await sleep(pollMs);
  }
  const rows: AthenaRow[] = [];
  for (let token: string | undefined, isFirst = true; ; isFirst = false) {
    const page = await client.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken: token }));
    rows.push(...athenaRows(page.ResultSet, isFirst));
    token = page.NextToken;
    if (token === undefined) return rows;
  }
}
