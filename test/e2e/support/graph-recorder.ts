import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServerEvent } from '../../../shared/meta/event/server-event.ts';

export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly data: readonly ServerEvent[]; readonly [member: string]: unknown };
}

export interface GraphRecorder {
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** All server events so far, each checked against the strict schema. */
  events(): ServerEvent[];
  close(): Promise<void>;
}

/** An outside Graph API that takes everything and remembers it. */
export async function startGraphRecorder(): Promise<GraphRecorder> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as RecordedRequest['body'];
      requests.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ events_received: body.data.length, messages: [], fbtrace_id: 'trace' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    events: () => requests.flatMap(({ body }) => body.data.map((event) => ServerEvent.parse(event))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
