import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

/** Counts of what reached the stand-in since they were last asked for. */
export interface StandInCounts {
  readonly requests: number;
  readonly events: number;
  readonly connections: number;
  /** Requests that waited for their answer at the same time, at most. */
  readonly mostAtOnce: number;
  /** Milliseconds from the time in an id made by {@link sentId} until the event was here. */
  readonly latenciesMs: readonly number[];
}

/** An event id that tells the stand-in when the event was sent. */
export const sentId = (sentAtMs: number, index: number): string => `sent-${sentAtMs}-${index}`;

const sentTimes = /"event_id":"sent-(\d+)-/g;

/**
 * Answers every request for events as Meta does, after a while; `GET /counts` tells what came. Checks nothing. From
 * `GET /close` to `GET /open` it answers as Meta does when it is down.
 */
export function createStandIn(latencyMs: number): ReturnType<typeof createServer> {
  const none = () => ({ requests: 0, events: 0, connections: 0, mostAtOnce: 0, latenciesMs: [] as number[] });
  let counts = none();
  let waiting = 0;
  let isClosed = false;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/counts') {
      response.end(JSON.stringify(counts));
      counts = none();
      return;
    }
    if (request.url === '/close' || request.url === '/open') {
      isClosed = request.url === '/close';
      response.end('{}');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (isClosed) {
        response.statusCode = 503;
        response.end(
          JSON.stringify({ error: { message: 'Down', type: 'OAuthException', code: 2, is_transient: true } }),
        );
        return;
      }
      const body = Buffer.concat(chunks);
      const received = countOf(eventName, body);
      const arrivedAt = Date.now();
      if (body.includes('"sent-')) {
        for (const [, sentAt] of body.toString().matchAll(sentTimes))
          counts.latenciesMs.push(arrivedAt - Number(sentAt));
      }
      counts.requests++;
      counts.events += received;
      counts.mostAtOnce = Math.max(counts.mostAtOnce, ++waiting);
      setTimeout(() => {
        waiting--;
        response.end(JSON.stringify({ events_received: received, messages: [], fbtrace_id: 'bench' }));
      }, latencyMs);
    });
  });
  server.on('connection', () => counts.connections++);
  return server;
}

const eventName = Buffer.from('"event_name":');

function countOf(what: Buffer, text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length)) count++;
  return count;
}

// As a process of its own, so that its work does not count as the pipeline's.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = createStandIn(Number(process.argv[2] ?? 150));
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit(0));
}
