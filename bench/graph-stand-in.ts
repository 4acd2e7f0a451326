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
}

/** Answers every request for events as Meta does, after a while; `GET /counts` tells what came. Checks nothing. */
export function createStandIn(latencyMs: number): ReturnType<typeof createServer> {
  let counts = { requests: 0, events: 0, connections: 0, mostAtOnce: 0 };
  let waiting = 0;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/counts') {
      response.end(JSON.stringify(counts));
      counts = { requests: 0, events: 0, connections: 0, mostAtOnce: 0 };
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = countOf(eventName, Buffer.concat(chunks));
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
