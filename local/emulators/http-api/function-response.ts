import { type OutgoingHttpHeaders, validateHeaderName, validateHeaderValue } from 'node:http';
import type { InvokeResult } from '../lambda/lambda-function.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const gatewayAnswer = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

/** Answers that API Gateway gives itself, without the function. */
export const gatewayAnswers = {
  badRequest: gatewayAnswer(400, 'Bad Request'),
  tooLarge: gatewayAnswer(413, 'Request Entity Too Large'),
  internalError: gatewayAnswer(500, 'Internal Server Error'),
  /** Clients come again after a second: none of what answers this needs longer, or knows for how long. */
  unavailable: withRetryAfter(gatewayAnswer(503, 'Service Unavailable')),
} as const;

function withRetryAfter(answer: HttpAnswer): HttpAnswer {
  return { ...answer, headers: { ...answer.headers, 'retry-after': '1' } };
}

/**
 * Turns what the function gave into an HTTP answer, payload format 2.0: a value with a `statusCode` is the answer, any
 * other value is the JSON body of a 200, and an error or an answer that cannot be sent is a 500. Unlike in AWS, where that is a
 * 500 too, a function that is starting, or whose process ended in the middle, is a 503: the same request works a moment later.
 * Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway".
 */
export function functionResponse(result: InvokeResult): HttpAnswer {
  if (!result.ok) return failures[result.errorType] ?? gatewayAnswers.internalError;
  const { payload } = result;
  if (isObject(payload) && payload['statusCode'] !== undefined) {
    return structured(payload) ?? gatewayAnswers.internalError;
  }
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
}

const failures: Readonly<Record<string, HttpAnswer>> = {
  RequestTooLargeException: gatewayAnswers.tooLarge,
  ServiceException: gatewayAnswers.unavailable,
  Starting: gatewayAnswers.unavailable,
  'Runtime.ExitError': gatewayAnswers.unavailable,
  'Sandbox.Timedout': gatewayAnswers.unavailable,
};

function structured(payload: Readonly<Record<string, unknown>>): HttpAnswer | undefined {
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = payload;
  const status = Number(statusCode);
  const sendable = Number.isInteger(status) && status >= 200 && status <= 599;
  if (!sendable || !isObject(headers) || !Array.isArray(cookies) || typeof body !== 'string') return undefined;

  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
  const named = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
  const setCookies = cookies.map((cookie): [string, string] => ['set-cookie', String(cookie)]);
  if (![...named, ...setCookies].every(isSendable)) return undefined;
  return {
    status,
    headers: {
      ...(bytes.length > 0 && { 'content-type': 'text/plain;charset=UTF-8' }),
      ...Object.fromEntries(named),
      ...(cookies.length > 0 && { 'set-cookie': setCookies.map(([, cookie]) => cookie) }),
    },
    body: bytes,
  };
}

function isSendable([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
