import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import type { Answer } from '../../shared/ingest/answers.ts';
import { createIngest } from '../../shared/ingest/ingest.ts';
import type { IngestFacts, IngestRequest, Refusal } from '../../shared/ingest/request.ts';
import { loggedId } from '../../shared/queue/logged-id.ts';
import { requestErrors } from '../../shared/reasons/request-errors.ts';
import type { IngestWarning } from '../../shared/segment/ingest-warning.ts';
import type { Rejection } from '../../shared/segment/rejection.ts';
import { ingestMetrics, refusalMetrics } from '../aws/emf.ts';
import { jsonLog } from '../aws/json-log.ts';
import { createSqsClient } from '../aws/sqs-client.ts';
import { sqsQueue } from '../aws/sqs-queue.ts';
import { invocationFacts } from '../middleware/invocation-facts.ts';
import { unexpectedError } from '../middleware/unexpected-error.ts';
import { readSettings } from '../settings.ts';
import { clientAddressReader } from './client-address.ts';
import { pixelSource } from './pixel-source.ts';
import { readBody } from './read-body.ts';
import { refusalLog } from './refusal-log.ts';

const settings = await readSettings(import.meta.url);
const { config, deployment, loggedIds } = settings;
const sqs = createSqsClient();
const clock = (): Date => new Date();
const addressOf = clientAddressReader(settings.trustedProxies, config.trustedProxies);
const refusedRequests = refusalLog();
const record = settings.record && (await (await import('../aws/open-record.ts')).openRecord(settings.record));
const ingest = createIngest({
  config,
  endpoint: settings.endpointUrl,
  events: sqsQueue(sqs, settings.eventsQueueUrl),
  deadLetters: sqsQueue(sqs, settings.deadLetterQueueUrl),
  clock,
  randomId: randomUUID,
  pixel: pixelSource(config),
  record,
});

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(invocationFacts())
  .use(unexpectedError(jsonLog, unexpectedAnswer))
  .handler(async (event) => {
    const { answer, facts } = await ingest(toRequest(event));
    await record?.flush();
    if (facts.refusal !== undefined) logRefusal(facts.refusal);
    else if (facts.source !== undefined || answer.status >= 500) logEvents(answer, facts);
    return toResult(answer);
  });

function unexpectedAnswer(): APIGatewayProxyStructuredResultV2 {
  const { status, message, fix } = requestErrors.unexpected;
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ success: false, code: 'unexpected', message, fix }),
  };
}

/** One line per request that carried events. */
function logEvents({ status }: Answer, facts: IngestFacts): void {
  const { source, accepted = [], rejected, warnings, cause } = facts;
  const failed = status >= 500 || (rejected?.count ?? 0) > 0;
  jsonLog(failed ? 'warn' : 'info', 'events received', {
    status,
    source,
    ...(loggedIds === 'all' && { accepted: accepted.map(idInLog) }),
    ...(rejected && rejected.count > 0 && { rejected: rejected.first.map(inLog), moreRejected: rejected.moreByCode }),
    ...(warnings &&
      warnings.count > 0 && {
        warnings: warnings.first.map((warning) => ({ ...inLog(warning), path: warning.path })),
        moreWarnings: warnings.moreByCode,
      }),
    ...(cause !== undefined && { cause }),
    ...ingestMetrics({ ...facts, receiptsMissed: record?.takeMissed() }, deployment, clock()),
  });
}

/** One line per request that was refused as a whole, or for many of them. Its texts are the same for all, and quote nothing. */
function logRefusal(refusal: Refusal): void {
  const line = refusedRequests(refusal, clock());
  if (line === undefined) return;
  jsonLog('warn', 'request refused', { ...line, ...refusalMetrics(line, deployment, clock()) });
}

const idInLog = (messageId: string): string => loggedId(messageId, sha256Hex);

const inLog = ({ code, messageId }: Rejection | IngestWarning): Record<string, unknown> => ({
  code,
  messageId: messageId && idInLog(messageId),
});

const toRequest = ({ requestContext: { http }, ...event }: APIGatewayProxyEventV2): IngestRequest => ({
  method: http.method,
  path: event.rawPath,
  query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
  // API Gateway takes the cookies out of the headers.
  headers: event.cookies === undefined ? event.headers : { ...event.headers, cookie: event.cookies.join('; ') },
  clientAddress: () =>
    addressOf({
      connectedFrom: http.sourceIp,
      forwardedFor: event.headers['x-forwarded-for'],
      forwarded: event.headers['forwarded'],
    }),
  readBody: () => readBody(event.body, event.isBase64Encoded, event.headers['content-encoding']),
});

const toResult = ({ status, headers, cookies, body, isBase64 = false }: Answer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers },
  ...(cookies && { cookies: [...cookies] }),
  body,
  isBase64Encoded: isBase64,
});
