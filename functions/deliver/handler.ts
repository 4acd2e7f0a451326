import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { graphClient } from '../../shared/meta/graph/graph-client.ts';
import { fewestGraphVersionDaysLeft } from '../../shared/meta/graph/graph-versions.ts';
import { sha256InLanes } from '../../shared/lib/sha256/sha256-lanes.ts';
import { compileDestinations } from '../../shared/delivery/compile-destinations.ts';
import { deliver } from '../../shared/delivery/deliver.ts';
import { DestinationHealth } from '../../shared/delivery/destination-health.ts';
import { reserveSeconds } from '../../shared/delivery/reserve.ts';
import { deliveryMetrics } from '../aws/emf.ts';
import { jsonLog } from '../aws/json-log.ts';
import { lazyQueue } from '../aws/lazy-queue.ts';
import { requestHandler } from '../aws/request-handler.ts';
import { secretTokens } from '../aws/token-cache.ts';
import { readSettings } from '../settings.ts';
import { keepAliveFetch } from './keep-alive-fetch.ts';

const settings = await readSettings(import.meta.url);
const { config, eventsQueueUrl, deadLetterQueueUrl, graphApiUrl, maxRetryDelaySeconds, environment } = settings;
const clock = (): Date => new Date();
/** Most invocations deliver all they were given: only what is put back or given up needs an SQS client. */
const queueAt = (url: string) => lazyQueue(async () => (await import('../aws/open-queue.ts')).openQueue(url));
const effects = {
  config,
  destinations: await compileDestinations(config, sha256InLanes),
  events: queueAt(eventsQueueUrl),
  deadLetters: queueAt(deadLetterQueueUrl),
  tokens: secretTokens(new SecretsManagerClient({ maxAttempts: 3, requestHandler }), clock),
  sendEvents: graphClient(graphApiUrl, keepAliveFetch()),
  clock,
  health: new DestinationHealth(clock),
  random: Math.random,
  maxRetryDelaySeconds,
  sha256: sha256InLanes,
  loggedIds: settings.loggedIds,
};
const graphVersions = Object.values(config.destinations).map(({ graphVersion }) => graphVersion);

/** With ids of 36 characters some 80 KB, far below the longest line that CloudWatch takes. */
const mostIdsPerLine = 2_000;

export const handler = middy<SQSEvent, SQSBatchResponse>().handler(async (event, context: Context) => {
  const records = event.Records.map(({ messageId, body }) => ({ recordId: messageId, body }));
  const isOutOfTime = (): boolean => context.getRemainingTimeInMillis() < reserveSeconds * 1_000;
  const { failedRecordIds, report, groups } = await deliver(records, { ...effects, isOutOfTime });
  for (const page of groups.pages(mostIdsPerLine)) jsonLog('info', 'event outcomes', { groups: page });
  const now = clock();
  jsonLog('info', 'delivery report', {
    records: records.length,
    recordsFailed: failedRecordIds.length,
    ...report,
    ...deliveryMetrics(
      report,
      { environment, graphVersionDaysLeft: fewestGraphVersionDaysLeft(graphVersions, now) },
      now,
    ),
  });
  return { batchItemFailures: failedRecordIds.map((itemIdentifier) => ({ itemIdentifier })) };
});
