import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { functionResponse, gatewayAnswers, type HttpAnswer } from './function-response.ts';
import { readBody } from './read-body.ts';
import { requestEvent } from './request-event.ts';
import type { InvokeResult } from '../lambda/lambda-function.ts';

/** Answers a request on this machine only, without the function. Must end the response or keep it open on purpose. */
export type LocalRoute = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface HttpApiOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The function behind the `$default` route. */
  readonly invoke: (event: APIGatewayProxyEventV2) => Promise<InvokeResult>;
  /**
   * Paths that are answered here: `/health` for GET, `POST /redrive` for another method, `/assets/*` for all files of a
   * folder. Looked up for each request, so that routes may come later.
   */
  readonly routes?: Readonly<Record<string, LocalRoute>>;
  /** Whether a request is let in, given those under way; if not, it is answered 503 at once, as when Lambda throttles. */
  readonly admits?: (underWay: UnderWay) => boolean;
  /** API Gateway's longest wait for a function, 30 s if left out. The function is not stopped by it. */
  readonly integrationTimeoutMs?: number;
}

/** Requests that came whole and wait for the function's answer, the one in question included. */
export interface UnderWay {
  readonly requests: number;
  /** Of their bodies. */
  readonly bytes: number;
}

export interface HttpApi {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** Stops accepting, lets requests in flight be answered, then closes every connection. */
  close(): Promise<void>;
}

const maxBodyBytes = 10 * 1024 * 1024;
const bodiless: ReadonlySet<number> = new Set([204, 304]);

/**
 * API Gateway's HTTP API on 127.0.0.1: every request becomes an event of payload format 2.0 for one function. Limits
 * are those of "Quotas for configuring and running an HTTP API". Rejects when the port is taken.
 */
export async function startHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const { invoke, routes = {}, admits = () => true, integrationTimeoutMs = 30_000 } = options;
  const inFlight = new Set<Promise<void>>();
  let closing = false;
  let waiting: UnderWay = { requests: 0, bytes: 0 };

  async function answerTo(request: IncomingMessage): Promise<HttpAnswer> {
    const body = await readBody(request, maxBodyBytes);
    if (body === undefined) return gatewayAnswers.tooLarge;
    // Only now: whoever sends slowly keeps nobody else from being let in.
    const withThis = { requests: waiting.requests + 1, bytes: waiting.bytes + body.length };
    if (!admits(withThis)) return gatewayAnswers.unavailable;
    waiting = withThis;
    try {
      return await invokeWith(request, body);
    } finally {
      waiting = { requests: waiting.requests - 1, bytes: waiting.bytes - body.length };
    }
  }

  async function invokeWith(request: IncomingMessage, body: Buffer): Promise<HttpAnswer> {
    const event = requestEvent(request, body, new Date());
    if (event === undefined) return gatewayAnswers.badRequest;

    const late = Promise.withResolvers<HttpAnswer>();
    const timer = setTimeout(late.resolve, integrationTimeoutMs, gatewayAnswers.unavailable);
    try {
      return await Promise.race([invoke(event).then(functionResponse), late.promise]);
    } catch {
      return gatewayAnswers.internalError;
    } finally {
      clearTimeout(timer);
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await answerTo(request);
    // A client that left while the function ran has closed the response already, and will not do so again.
    if (response.closed || response.destroyed) return;
    response.writeHead(status, {
      ...headers,
      ...(!bodiless.has(status) && { 'content-length': body.length }),
      ...(closing && { connection: 'close' }),
    });
    await new Promise<void>((resolve) => {
      response.once('close', resolve);
      response.end(body);
    });
  }

  const server = createServer((request, response) => {
    const route = findRoute(routes, request);
    if (route !== undefined) {
      void serveLocally(route, request, response);
      return;
    }
    // Only a client that goes away while it sends makes it fail: there is nobody left to answer.
    const served = serve(request, response)
      .catch(() => response.destroy())
      .then(() => void inFlight.delete(served));
    inFlight.add(served);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      closing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      while (inFlight.size > 0) await Promise.all(inFlight);
      server.closeAllConnections();
      await closed;
    },
  };
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

function findRoute(routes: Readonly<Record<string, LocalRoute>>, request: IncomingMessage): LocalRoute | undefined {
  const prefix = request.method === 'GET' ? '' : `${request.method} `;
  const path = pathOf(request);
  const keys = [prefix + path, `${prefix}${path.slice(0, path.lastIndexOf('/'))}/*`];
  return keys.map((key) => (Object.hasOwn(routes, key) ? routes[key] : undefined)).find((route) => route !== undefined);
}

async function serveLocally(route: LocalRoute, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(request, response);
  } catch {
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}
