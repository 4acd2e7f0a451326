import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../local/close-server.ts';
import { readBody } from '../../local/emulators/http-api/read-body.ts';
import { judge } from '../../local/graph-stand-in/judge.ts';
import { errorBody } from '../../local/graph-stand-in/stand-in-error.ts';

export interface CountingGraph {
  readonly url: string;
  requests(): number;
  /** How often each event id was stored. */
  readonly stored: ReadonlyMap<string, number>;
  /** When each event id was first stored, in milliseconds since 1970. */
  readonly storedAt: ReadonlyMap<string, number>;
  /** Texts that must never arrive; those that did. */
  readonly leaks: readonly string[];
  close(): Promise<void>;
}

const maxBodyBytes = 16 * 1024 * 1024;

/** A Graph API on 127.0.0.1 that keeps Meta's documented rules, counts what it stores, and looks for texts that must not leave. */
export async function startCountingGraph(forbidden: readonly string[]): Promise<CountingGraph> {
  const stored = new Map<string, number>();
  const storedAt = new Map<string, number>();
  const leaks: string[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    const text = (await readBody(request, maxBodyBytes))?.toString('utf8') ?? '{}';
    requests += 1;
    leaks.push(...forbidden.filter((each) => text.includes(each)));
    const { data = [], ...envelope } = JSON.parse(text) as { data?: readonly { readonly event_id: string }[] };
    const error = judge(envelope, data, new Date());
    if (error === undefined) {
      for (const { event_id: id } of data) {
        stored.set(id, (stored.get(id) ?? 0) + 1);
        if (!storedAt.has(id)) storedAt.set(id, Date.now());
      }
    }
    response.writeHead(error?.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(error ? errorBody(error, 'trace') : { events_received: data.length, messages: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    stored,
    storedAt,
    leaks,
    close: () => closeServer(server, 500),
  };
}
