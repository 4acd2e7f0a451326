import { AthenaClient } from '@aws-sdk/client-athena';
import { recordNames } from '../../shared/config/record-names.ts';
import { askAthena } from '../aws/ask-athena.ts';
import { jsonLog } from '../aws/json-log.ts';
import { requestHandler } from '../aws/request-handler.ts';
import { readWatchSettings } from '../settings.ts';
import { watch } from './watch.ts';

const { environment } = readWatchSettings();
const client = new AthenaClient({ maxAttempts: 3, requestHandler });

/** Runs each hour, and rings where an event name came less or more often than it usually does. */
export async function handler(): Promise<void> {
  const query = (sql: string) => askAthena(client, recordNames(environment), sql);
  try {
    await watch({ environment, now: new Date(), query, log: jsonLog });
  } catch (error) {
    jsonLog('error', 'counts not compared', { reason: error instanceof Error ? error.message : 'unknown' });
    throw error;
  }
}
