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

/** Requests for the function that are not answered yet, the one in question included. */
export interface UnderWay {
  readonly requests: number;
  /** Of their bodies, as their headers announce them or as they were read. */
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
  let bytesInFlight = 0;

  async function answerTo(request: IncomingMessage): Promise<HttpAnswer> {
    const announced = Number(request.headers['content-length'] ?? 0);
    let bytes = Number.isSafeInteger(announced) && announced >= 0 ? Math.min(announced, maxBodyBytes) : 0;
    bytesInFlight += bytes;
    try {
      // Unread, the body would keep the connection, and a client that sends before it listens, waiting.
      const isAdmitted = admits({ requests: inFlight.size + 1, bytes: bytesInFlight });
      const body = await readBody(request, isAdmitted ? maxBodyBytes : 0);
      if (!isAdmitted) return gatewayAnswers.unavailable;
      if (body === undefined) return gatewayAnswers.tooLarge;
      bytesInFlight += body.length - bytes;
      bytes = body.length;
      return await invokeWith(request, body);
    } finally {
      bytesInFlight -= bytes;
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
