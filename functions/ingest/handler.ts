import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Answer } from '../../shared/pipeline/answers.ts';
import { createIngest, type IngestRequest } from '../../shared/pipeline/ingest.ts';
import { jsonLog } from '../aws/json-log.ts';
import { createSqsClient } from '../aws/sqs-client.ts';
import { sqsQueue } from '../aws/sqs-queue.ts';
import { unexpectedError } from '../middleware/unexpected-error.ts';
import { readSettings } from '../settings.ts';
import { readBody } from './read-body.ts';

const { config, eventsQueueUrl, deadLetterQueueUrl } = readSettings(import.meta.url);
const sqs = createSqsClient();
const ingest = createIngest({
  config,
  events: sqsQueue(sqs, eventsQueueUrl),
  deadLetters: sqsQueue(sqs, deadLetterQueueUrl),
  clock: () => new Date(),
  randomId: randomUUID,
});

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(unexpectedError(jsonLog))
  .handler(async (event) => {
    const { answer, facts } = await ingest(toRequest(event));
    if (answer.status >= 500 || (facts.rejected ?? 0) > 0)
      jsonLog('warn', 'ingest', { status: answer.status, ...facts });
    return toResult(answer);
  });

const toRequest = (event: APIGatewayProxyEventV2): IngestRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
  headers: event.headers,
  sourceIp: event.requestContext.http.sourceIp,
  readBody: () => readBody(event.body, event.isBase64Encoded, event.headers['content-encoding']),
});

const toResult = ({ status, headers, body, isBase64 = false }: Answer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers },
  body,
  isBase64Encoded: isBase64,
});
