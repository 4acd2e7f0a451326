import type { ServerResponse } from 'node:http';

export interface GraphFault {
  /** Whether the events are stored before the answer goes wrong: then they come again, and are duplicates. */
  readonly stores: boolean;
  readonly answer: (response: ServerResponse) => void;
}

const json =
  (status: number, error: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error }));
  };

const html =
  (status: number) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sorry, something went wrong</title>');
  };

const reset = (response: ServerResponse): void => void response.socket?.resetAndDestroy();

/** What can happen to a request, and how it then looks from outside. */
export const graphFaults = {
  serverError: {
    stores: false,
    answer: json(500, { message: 'Service temporarily unavailable', code: 2, is_transient: true }),
  },
  throttled: {
    stores: false,
    answer: json(429, { message: 'Application request limit reached', code: 4 }, { 'retry-after': '1' }),
  },
  resetBefore: { stores: false, answer: reset },
  resetAfter: { stores: true, answer: reset },
  badGateway: { stores: false, answer: html(502) },
  htmlPage: { stores: true, answer: html(200) },
  /** The client gives up by itself. */
  silence: { stores: true, answer: () => {} },
  outage: { stores: false, answer: reset },
  deadToken: {
    stores: false,
    answer: json(400, { message: 'Error validating access token', type: 'OAuthException', code: 190 }),
  },
  /** The function that sent the request is killed while it waits for the answer. */
  killBefore: { stores: false, answer: reset },
  killAfter: { stores: true, answer: reset },
} as const satisfies Readonly<Record<string, GraphFault>>;

export type GraphFaultName = keyof typeof graphFaults;
