import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingGraph {
  readonly url: string;
  /** Times that each event was taken, by event id. */
  readonly times: ReadonlyMap<string, number>;
  /** Takes nothing while it is down, and says so. */
  setDown(isDown: boolean): void;
  close(): Promise<void>;
}

const unavailable = JSON.stringify({
  error: { message: 'Service temporarily unavailable.', code: 2, is_transient: true },
});

/** Answers a request with these events in a way of its own. @returns whether it did */
export type OwnAnswer = (ids: readonly string[], request: IncomingMessage, response: ServerResponse) => boolean;

/** An outside Graph API that counts and checks nothing but what it is given, so that its own work is small. */
export async function startCountingGraph(ownAnswer: OwnAnswer = () => false): Promise<CountingGraph> {
  const times = new Map<string, number>();
  let isDown = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (isDown) {
        response.writeHead(503).end(unavailable);
        return;
      }
      const ids = [
        ...Buffer.concat(chunks)
          .toString('latin1')
          .matchAll(/"event_id":"([^"]+)"/g),
      ].map(([, id = '']) => id);
      if (ownAnswer(ids, request, response)) return;
      for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
      response.end(JSON.stringify({ events_received: ids.length, messages: [], fbtrace_id: 'trace' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    times,
    setDown: (next) => {
      isDown = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
