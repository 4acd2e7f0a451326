import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeliverResult } from '../../shared/delivery/deliver.ts';
import { deliverApart } from '../../shared/delivery/deliver-apart.ts';
import { DestinationHealth } from '../../shared/delivery/destination-health.ts';
import type { QueueRecord } from '../../shared/delivery/queue-record.ts';
import { wantedMembers } from '../../shared/delivery/wanted-members.ts';
import { sha256InLanes } from '../../shared/lib/sha256/sha256-lanes.ts';
import { compileCheckedDestinations } from '../../shared/meta/compile-checked-destinations.ts';
import { graphClient } from '../../shared/meta/graph/graph-client.ts';
import { graphDestinations } from '../../shared/meta/graph/graph-destination.ts';
import { fewestGraphVersionDaysLeft } from '../../shared/meta/graph/graph-versions.ts';
import { reserveSeconds } from '../../shared/meta/graph/invocation-reserve.ts';
import { suspectAttribute } from '../../shared/queue/message.ts';
import { createBodyReader } from '../../shared/queue/message-reader.ts';
import { deliveryMetrics, refusedShareMetrics } from '../aws/emf.ts';
import { jsonLog } from '../aws/json-log.ts';
import { lazyQueue } from '../aws/lazy-queue.ts';
import { requestHandler } from '../aws/request-handler.ts';
import { secretTokens } from '../aws/token-cache.ts';
import { invocationFacts } from '../middleware/invocation-facts.ts';
import { unexpectedError } from '../middleware/unexpected-error.ts';
import { readSettings } from '../settings.ts';
import { keepAliveFetch } from './keep-alive-fetch.ts';
import { reportLine } from './report-line.ts';

const settings = await readSettings(import.meta.url);
const { config, eventsQueueUrl, deadLetterQueueUrl, graphApiUrl, maxRetryDelaySeconds, deployment } = settings;
const clock = (): Date => new Date();
/** Most invocations deliver all they were given: only what is put back or given up needs an SQS client. */
const queueAt = (url: string) => lazyQueue(async () => (await import('../aws/open-queue.ts')).openQueue(url));
const record = settings.record && (await (await import('../aws/open-record.ts')).openRecord(settings.record));
const receipts = record && new (await import('../../shared/delivery/delivery-receipts.ts')).DeliveryReceipts(record);
const destinations = graphDestinations(await compileCheckedDestinations(config, sha256InLanes), {
  tokens: secretTokens(new SecretsManagerClient({ maxAttempts: 3, requestHandler }), clock),
  sendEvents: graphClient(graphApiUrl, keepAliveFetch()),
});
const effects = {
  config,
  destinations,
  readBody: createBodyReader(() => wantedMembers(destinations.values())),
  events: queueAt(eventsQueueUrl),
  deadLetters: queueAt(deadLetterQueueUrl),
  clock,
  health: new DestinationHealth(clock, { random: Math.random, askSeconds: maxRetryDelaySeconds }),
  random: Math.random,
  maxRetryDelaySeconds,
  sha256: sha256InLanes,
  loggedIds: settings.loggedIds,
  receipts,
};
const graphVersions = Object.values(config.destinations).map(({ graphVersion }) => graphVersion);

/** With ids of 36 characters some 80 KB, far below the longest line that CloudWatch takes. */
const mostIdsPerLine = 2_000;

/** Half of the time is for mapping, so that what is mapped can be sent; of that, a third for each source among several. */
const planningTime = (availableMs: number) => ({ totalMs: availableMs / 2, perSourceMs: availableMs / 6 });

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(invocationFacts())
  .use(unexpectedError(jsonLog))
  .handler(async ({ Records }, context: Context) => {
    const leftMs = (): number => context.getRemainingTimeInMillis() - reserveSeconds * 1_000;
    const handles = new Map(Records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]));
    const results = await deliverApart(Records.map(toRecord), {
      ...effects,
      isOutOfTime: () => leftMs() < 0,
      planning: planningTime(leftMs()),
      acknowledge: async (done) => {
        // What is off the queue does not come back to be told once more.
        await record?.flush();
        const receipts = done.flatMap(({ recordId }) => handles.get(recordId) ?? []);
        if (receipts.length > 0) await (await import('../aws/open-queue.ts')).acknowledgeAt(eventsQueueUrl, receipts);
      },
    });
    await record?.flush();
    for (const result of results) logResult(result, record?.takeMissed());
    const failed = results.flatMap(({ failedRecordIds }) => failedRecordIds);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });

const toRecord = ({ messageId, body, attributes, messageAttributes }: SQSRecord): QueueRecord => ({
  recordId: messageId,
  body,
  groupId: attributes.MessageGroupId,
  receiveCount: Number(attributes.ApproximateReceiveCount),
  isSuspect: messageAttributes[suspectAttribute] !== undefined,
});

function logResult(
  { failedRecordIds, report, groups, records }: DeliverResult,
  receiptsMissed: number | undefined,
): void {
  for (const page of groups.pages(mostIdsPerLine)) jsonLog('info', 'event outcomes', { groups: page });
  const now = clock();
  if (report.slow > 0) jsonLog('warn', 'slow events', { count: report.slow, slowest: report.slowest });
  for (const share of report.refusedBySource) {
    jsonLog('warn', 'events refused', { ...share, ...refusedShareMetrics(share, deployment, now) });
  }
  jsonLog('info', 'delivery report', {
    ...reportLine({ records, recordsFailed: failedRecordIds.length, ...report }),
    ...deliveryMetrics(
      report,
      { deployment, graphVersionDaysLeft: fewestGraphVersionDaysLeft(graphVersions, now), receiptsMissed },
      now,
    ),
  });
}
