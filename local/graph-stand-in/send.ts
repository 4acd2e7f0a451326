import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { errorBody } from './stand-in-error.ts';

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

/** Answers as a fault has it, or not at all. */
export function sendFault(response: ServerResponse, fault: Fault, headers: Readonly<Record<string, string>>): void {
  if (response.destroyed) return;
  if (fault.kind === 'error') {
    sendJson(response, fault.error.status, errorBody(fault.error, ''), headers);
  } else if (fault.kind === 'text') {
    response.writeHead(fault.status, { 'content-type': fault.contentType, ...headers }).end(fault.body);
  } else if (fault.kind === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (fault.kind === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    response.write('{"events_received": 1', () => response.socket?.resetAndDestroy());
  }
}
