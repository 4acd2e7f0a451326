import type { QueueUnavailableError } from '../errors.ts';
import type { InvalidRequestError } from '../segment/invalid-request-error.ts';
import { fill } from '../reasons/reason.ts';
import { requestErrors } from '../reasons/request-errors.ts';
import type { IngestWarning } from '../segment/ingest-warning.ts';
import type { Rejection } from '../segment/rejection.ts';
import type { Counted } from './first-of-many.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64?: boolean;
}

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

/**
 * Libraries drop a whole batch on any 4xx, so rejected events are reported inside a 200. The first of many are told in full, the
 * others counted by code.
 */
export const accepted = (count: number, rejected: Counted<Rejection>, warnings: Counted<IngestWarning>): Answer =>
  json(200, {
    success: true,
    accepted: count,
    rejected: rejected.first,
    moreRejected: rejected.moreByCode,
    ...(warnings.count > 0 && { warnings: warnings.first, moreWarnings: warnings.moreByCode }),
  });

/** A single event that was refused: its sender can be told by the status. */
export const refused = (status: number, rejection: Rejection): Answer => {
  const { code, message, fix } = rejection;
  return json(status, { success: false, code, message, fix, accepted: 0, rejected: [rejection] });
};

export const problem = ({ status, code, message, fix, headers }: InvalidRequestError): Answer =>
  json(status, { success: false, code, message, fix }, headers);

const retryAfterSeconds = 5;

export const unavailable = ({ code }: QueueUnavailableError): Answer =>
  json(
    requestErrors.queue_unavailable.status,
    {
      success: false,
      code,
      message: requestErrors.queue_unavailable.message,
      fix: fill(requestErrors.queue_unavailable.fix, { seconds: retryAfterSeconds }),
    },
    { 'retry-after': String(retryAfterSeconds) },
  );

export const document = (body: unknown): Answer => json(200, body, { 'cache-control': 'no-store' });

export const empty = (status: number, headers: Readonly<Record<string, string>>): Answer => ({
  status,
  headers,
  body: '',
});

export const image = (base64: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
  body: base64,
  isBase64: true,
});

export const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});
