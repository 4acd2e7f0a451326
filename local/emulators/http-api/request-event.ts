import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { traceRoot } from '../lambda/trace-id.ts';
import { isTextContent } from './text-content.ts';

/** API Gateway ends these at its edge. */
const hopByHop = new Set([
  'connection',
  'cookie',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The event that an HTTP API sends to a Lambda integration of its `$default` route, payload format 2.0. The path comes
 * decoded, the query string as it was sent. Undefined for a path whose percent-encoding is broken.
 * Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway".
 */
export function requestEvent(request: IncomingMessage, body: Buffer, now: Date): APIGatewayProxyEventV2 | undefined {
  const [encodedPath, query] = splitTarget(request.url ?? '/');
  const path = decodePath(encodedPath);
  if (path === undefined) return undefined;

  const { authority, cookies, headers, sourceIp } = readHeaders(request, body);
  const text = body.length === 0 || isTextContent(headers['content-type'], headers['content-encoding']);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query !== '' && { queryStringParameters: joinDuplicates(query) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: authority,
      domainPrefix: authority.split('.')[0] ?? '',
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: !text,
  };
}

function readHeaders(request: IncomingMessage, body: Buffer) {
  const sent = Object.entries(request.headersDistinct);
  const sourceIp = request.socket.remoteAddress ?? '';
  const headers: Record<string, string> = Object.fromEntries(
    sent.filter(([name]) => !hopByHop.has(name)).map(([name, values = []]) => [name, values.join(',')]),
  );
  headers['content-length'] = String(body.length);
  headers['x-amzn-trace-id'] ??= traceRoot();
  headers['x-forwarded-for'] = [headers['x-forwarded-for'], sourceIp].filter(Boolean).join(', ');
  headers['x-forwarded-port'] = String(request.socket.localPort);
  headers['x-forwarded-proto'] = 'http';
  const cookies = (request.headersDistinct['cookie'] ?? [])
    .flatMap((header) => header.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
  return { authority: (headers['host'] ?? '').replace(/:\d+$/, ''), cookies, headers, sourceIp };
}

function splitTarget(target: string): [path: string, query: string] {
  const question = target.indexOf('?');
  return question < 0 ? [target, ''] : [target.slice(0, question), target.slice(question + 1)];
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function joinDuplicates(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** 07/Mar/2026:19:03:58 +0000 */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
