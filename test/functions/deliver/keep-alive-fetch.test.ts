import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createStandIn } from '../../../bench/graph-stand-in.ts';
import { keepAliveFetch } from '../../../functions/deliver/keep-alive-fetch.ts';
import { graphClient } from '../../../shared/meta/graph/graph-client.ts';
import { orders, record, runDeliver } from '../../shared/delivery/delivery-fixture.ts';
import { answering, type GraphServer, type Respond, startGraphServer } from '../../support/graph-server.ts';

const init = () => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body: '{"data":["ü"]}',
  redirect: 'error' as const,
  signal: AbortSignal.timeout(5_000),
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(respond: Respond): Promise<GraphServer> {
  const server = await startGraphServer(respond);
  closing.push(() => server.close());
  return server;
}

/** Counts connections; answers after a while, so that requests overlap. */
async function standIn(): Promise<{ url: string; counts: () => Promise<unknown> }> {
  const server = createStandIn(20);
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  closing.push(() => stop(server));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    // On a connection of its own, which is therefore counted as well, next time.
    counts: async () => (await fetch(`${url}/counts`, { headers: { connection: 'close' } })).json(),
  };
}

const stop = (server: Server & { closeAllConnections?: () => void }): Promise<unknown> => {
  server.closeAllConnections?.();
  return new Promise((closed) => {
    server.close(closed);
  });
};

describe('keepAliveFetch', () => {
  it('sends the body as UTF-8 with its length, and reads status, headers and text', async () => {
    const server = await serve(answering(418, 'ö', { 'x-app-usage': '{}' }));

    const response = await keepAliveFetch()(`${server.url}/v25.0/1/events?a=b`, init());

    expect({ ...response, text: await response.text() }).toMatchObject({ ok: false, status: 418, text: 'ö' });
    expect([response.headers.get('X-App-Usage'), response.headers.get('retry-after')]).toEqual(['{}', null]);
    expect(server.requests).toMatchObject([
      { method: 'POST', url: '/v25.0/1/events?a=b', body: '{"data":["ü"]}', headers: { 'content-length': '15' } },
    ]);
  });

  it('takes the same connections for one invocation after the other', async () => {
    const { url, counts } = await standIn();
    const sendEvents = graphClient(url, keepAliveFetch());
    const invoke = () => runDeliver([record('a', orders(2_500))], { sendEvents });

    await invoke();
    await invoke();
    await invoke();

    // As many as one invocation has under way at most, and the one that asks.
    const { mostAtOnce: _, connections, latenciesMs: __, ...rest } = (await counts()) as Record<string, number>;
    expect(rest).toEqual({ requests: 9, events: 7_500 });
    expect(connections).toBeLessThanOrEqual(3 + 1);
  });

  it('tries a fresh connection when the one it kept was closed meanwhile', async () => {
    const seen = new Set<unknown>();
    const server = await serve((response, request) => {
      const used = seen.has(response.socket);
      seen.add(response.socket);
      if (used) response.socket?.resetAndDestroy();
      else answering(200, { events_received: 1 })(response, request);
    });
    const fetch = keepAliveFetch();
    await fetch(server.url, init());

    const response = await fetch(server.url, init());

    expect(response.status).toBe(200);
    expect(server.requests.map(({ body }) => body)).toEqual([init().body, init().body, init().body]);
  });

  it('tries a fresh connection once only, however many it kept', async () => {
    let isWell = true;
    const server = await serve((response, request) => {
      if (isWell) setTimeout(() => answering(200, { events_received: 1 })(response, request), 20);
      else response.socket?.resetAndDestroy();
    });
    const fetch = keepAliveFetch();
    await Promise.all([fetch(server.url, init()), fetch(server.url, init()), fetch(server.url, init())]);
    isWell = false;

    await expect(fetch(server.url, init())).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(server.requests).toHaveLength(3 + 2);
  });

  it('does not try again on a connection that was fresh', async () => {
    const server = await serve((response) => response.socket?.resetAndDestroy());

    await expect(keepAliveFetch()(server.url, init())).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Respond]>([
    ['before the answer', () => {}],
    ['within the answer', (response) => response.writeHead(200).write('{')],
  ])('gives up when its time is over %s', async (_, respond) => {
    const server = await serve(respond);

    const answer = keepAliveFetch()(server.url, { ...init(), signal: AbortSignal.timeout(100) });

    await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
