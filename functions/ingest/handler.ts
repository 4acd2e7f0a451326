import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import type { Answer } from '../../shared/ingest/answers.ts';
import { createIngest, type IngestRequest, type IngestResult } from '../../shared/ingest/ingest.ts';
import { loggedId } from '../../shared/queue/logged-id.ts';
import { ingestMetrics } from '../aws/emf.ts';
import { jsonLog } from '../aws/json-log.ts';
import { createSqsClient } from '../aws/sqs-client.ts';
import { sqsQueue } from '../aws/sqs-queue.ts';
import { invocationFacts } from '../middleware/invocation-facts.ts';
import { unexpectedError } from '../middleware/unexpected-error.ts';
import { readSettings } from '../settings.ts';
import { clientAddress } from './client-address.ts';
import { readBody } from './read-body.ts';

const { config, eventsQueueUrl, deadLetterQueueUrl, environment, loggedIds, trustedProxies } = await readSettings(
  import.meta.url,
);
const sqs = createSqsClient();
const clock = (): Date => new Date();
const ingest = createIngest({
  config,
  events: sqsQueue(sqs, eventsQueueUrl),
  deadLetters: sqsQueue(sqs, deadLetterQueueUrl),
  clock,
  randomId: randomUUID,
});

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(invocationFacts())
  .use(unexpectedError(jsonLog, unexpectedAnswer))
  .handler(async (event) => {
    const { answer, facts } = await ingest(toRequest(event));
    if (facts.source !== undefined || answer.status >= 500) logEvents(answer, facts);
    return toResult(answer);
  });

function unexpectedAnswer(): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 500,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      success: false,
      code: 'unexpected',
      message: 'The request could not be handled.',
      fix: 'Send it again; if it fails again, look for "unexpected error" in the log of the ingest function.',
    }),
  };
}

/** One line per request that carried events. */
function logEvents({ status }: Answer, facts: IngestResult['facts']): void {
  const { source, accepted = [], rejected = [], cause } = facts;
  const failed = status >= 500 || rejected.length > 0;
  jsonLog(failed ? 'warn' : 'info', 'events received', {
    status,
    source,
    ...(loggedIds === 'all' && { accepted: accepted.map(idInLog) }),
    ...(rejected.length > 0 && {
      rejected: rejected.map(({ code, messageId }) => ({ code, messageId: messageId && idInLog(messageId) })),
    }),
    ...(cause !== undefined && { cause }),
    ...ingestMetrics(facts, environment, clock()),
  });
}

const idInLog = (messageId: string): string => loggedId(messageId, sha256Hex);

const toRequest = (event: APIGatewayProxyEventV2): IngestRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
  headers: event.headers,
  sourceIp: clientAddress(event.requestContext.http.sourceIp, event.headers['x-forwarded-for'], trustedProxies),
  readBody: () => readBody(event.body, event.isBase64Encoded, event.headers['content-encoding']),
});

const toResult = ({ status, headers, body, isBase64 = false }: Answer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers },
  body,
  isBase64Encoded: isBase64,
});
