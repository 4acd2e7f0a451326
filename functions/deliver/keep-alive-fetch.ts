import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { GraphFetch, GraphResponse } from '../../shared/meta/graph/graph-client.ts';

/** Error codes of a connection that the other side has closed. */
const closed: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

/** A connection of an earlier request turned out to be closed: nothing was read, and a fresh one is to be tried. */
class StaleConnection extends Error {}

/**
 * `fetch` over `node:https`, which the AWS SDK has loaded anyway: Node's own `fetch` takes 50 ms to load, and closes a
 * connection after four idle seconds. These live until the other side closes them, across invocations. Redirects are
 * not followed: they come back as they are.
 */
export function keepAliveFetch(): GraphFetch {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

  function attempt(url: URL, init: Parameters<GraphFetch>[1], isFresh: boolean): Promise<GraphResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<GraphResponse>();
    const { method, signal, body } = init;
    const options = { method, signal, headers: { ...init.headers, 'content-length': Buffer.byteLength(body) } };
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: isFresh ? false : agents.https })
        : httpRequest(url, { ...options, agent: isFresh ? false : agents.http });
    request.on('response', (response) => {
      readResponse(response).then(resolve, reject);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // An idle connection can be closed by the other side just now, or while the function was frozen.
      const stale = request.reusedSocket && !signal.aborted && closed.has(error.code);
      reject(stale ? new StaleConnection('The connection was closed.', { cause: error }) : error);
    });
    request.end(body);
    return promise;
  }

  return async (url, init) => {
    const target = new URL(url);
    try {
      return await attempt(target, init, false);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw init.signal.aborted ? init.signal.reason : error;
    }
    // Once only: where it is the request that makes the other side hang up, each kept connection would send it again.
    try {
      return await attempt(target, init, true);
    } catch (error) {
      throw init.signal.aborted ? init.signal.reason : error;
    }
  };
}

async function readResponse(response: IncomingMessage): Promise<GraphResponse> {
  const { statusCode: status = 0, headers } = response;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: {
      get: (name) => {
        const value = headers[name.toLowerCase()];
        return value === undefined ? null : String(value);
      },
    },
    text: async () => text,
  };
}
