import type { ServerResponse } from 'node:http';
import type { Mishap } from './faults.ts';

/** Answers in JSON, unless the caller has gone. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Answers as no Graph error does, or not at all. */
export function misbehave(response: ServerResponse, mishap: Mishap, headers: Readonly<Record<string, string>>): void {
  if (response.destroyed) return;
  if (mishap.kind === 'text') {
    response.writeHead(mishap.status, { 'content-type': mishap.contentType, ...headers }).end(mishap.body);
  } else if (mishap.kind === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (mishap.kind === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    response.write('{"events_received": 1', () => response.socket?.resetAndDestroy());
  }
}
