import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SNSEvent } from 'aws-lambda';
import { jsonLog } from '../aws/json-log.ts';
import { requestHandler } from '../aws/request-handler.ts';
import { readNotifySettings } from '../settings.ts';
import { notify } from './notify.ts';

const { environment, webhookSecret, logGroups, runbookUrl } = readNotifySettings();
const secrets = new SecretsManagerClient({ maxAttempts: 3, requestHandler });
const logs = new CloudWatchLogsClient({ maxAttempts: 3, requestHandler });

/** Of each log group; a busy pipeline writes more, of which the first tell enough. */
const mostLines = 500;

async function linesOf(logGroupName: string, since: Date): Promise<string[]> {
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName,
      startTime: since.getTime(),
      limit: mostLines,
      filterPattern: '?"delivery report" ?"event outcomes" ?"request refused" ?"counts compared"',
    }),
  );
  return events.flatMap(({ message }) => message ?? []);
}

/** Posts alarms of the pipeline's topics to a webhook. */
export async function handler(event: SNSEvent): Promise<void> {
  try {
    await notify(event, {
      ...{ environment, runbookUrl, fetch },
      // Read at each alarm: they are rare, and an address that was changed counts at once.
      async readWebhook() {
        const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: webhookSecret }));
        return SecretString ?? '';
      },
      readLogs: async (since) => (await Promise.all(logGroups.map((name) => linesOf(name, since)))).flat(),
    });
  } catch (error) {
    jsonLog('error', 'alarm not posted', { reason: error instanceof Error ? error.message : 'unknown' });
    throw error;
  }
}
