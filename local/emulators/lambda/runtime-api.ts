import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forThisMachine } from '../../local-hosts.ts';
import { readBody } from '../http-api/read-body.ts';
import { failure, type InvokeFailure, type InvokeResult } from './invoke-result.ts';
import { lambdaLimits } from './lambda-limits.ts';

export interface Invocation {
  readonly requestId: string;
  /** The event as JSON. */
  readonly payload: string;
  /** Unix time in milliseconds at which the function is stopped. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  /** Value of the X-Ray header. */
  readonly traceId: string;
}

/** The Runtime API for one execution environment: its runtime polls for an event, then posts what became of it. */
export interface RuntimeApi {
  /** Host and port, the value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Settles when the runtime reports that it could not load the function; never if it could. */
  readonly initFailure: Promise<InvokeFailure>;
  /** Resolves as soon as the runtime waits for an event. */
  polled(): Promise<void>;
  /** Hands the event over and resolves with the outcome the runtime posts. One at a time. */
  handOver(invocation: Invocation): Promise<InvokeResult>;
  close(): Promise<void>;
}

interface Call {
  readonly requestId: string;
  /** Undefined when it was larger than a response may be. */
  readonly body: Buffer | undefined;
  readonly response: ServerResponse;
}

type Answer = readonly [status: number, body: object];

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Undefined leaves the call open. */
  readonly answer: (call: Call) => Answer | undefined;
}

/** Starts it on a free port of the loopback interface. Source: "Using the Lambda runtime API for custom runtimes". */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  let poll: ServerResponse | undefined;
  let running: { readonly requestId: string; readonly settle: (result: InvokeResult) => void } | undefined;
  const polls: (() => void)[] = [];
  const init = Promise.withResolvers<InvokeFailure>();

  const polled = (): Promise<void> =>
    poll === undefined ? new Promise((resolve) => polls.push(resolve)) : Promise.resolve();

  const next = ({ response }: Call): undefined => {
    poll = response;
    for (const resolve of polls.splice(0)) resolve();
  };

  const finish =
    (outcome: (body: string) => InvokeResult) =>
    ({ requestId, body }: Call): Answer => {
      if (running?.requestId !== requestId) return [400, failure('InvalidRequestID', 'Invalid request ID')];
      const { settle } = running;
      running = undefined;
      settle(body === undefined ? failure('Function.ResponseSizeTooLarge', tooLarge) : outcome(body.toString('utf8')));
      return body === undefined ? [413, failure('RequestEntityTooLarge', tooLarge)] : accepted;
    };

  const failInit = ({ body }: Call): Answer => {
    init.resolve(readFailure(body?.toString('utf8') ?? ''));
    return accepted;
  };

  const routes: readonly Route[] = [
    { method: 'GET', path: /^invocation\/next$/, answer: next },
    { method: 'POST', path: /^invocation\/([^/]+)\/response$/, answer: finish(readResponse) },
    { method: 'POST', path: /^invocation\/([^/]+)\/error$/, answer: finish(readFailure) },
    { method: 'POST', path: /^init\/error$/, answer: failInit },
  ];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.startsWith(prefix) ? request.url.slice(prefix.length) : '';
    const route = routes.find((candidate) => candidate.method === request.method && candidate.path.test(path));
    const body = await readBody(request, lambdaLimits.payloadBytes);
    const call = { requestId: route?.path.exec(path)?.[1] ?? '', body, response };
    const answer = route === undefined ? unknownPath : route.answer(call);
    if (answer !== undefined) {
      response.writeHead(answer[0], { 'Content-Type': 'application/json' }).end(JSON.stringify(answer[1]));
    }
  }

  const listener = forThisMachine((request, response) => {
    // A runtime that dies while it posts is reported by its process, which says more than its broken connection.
    serve(request, response).catch(() => response.destroy());
  });
  const server = createServer(listener);
  // A handler may run for minutes between two calls: a connection closed in between would look like our death to it.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    initFailure: init.promise,
    polled,
    async handOver(invocation) {
      const { promise, resolve } = Promise.withResolvers<InvokeResult>();
      running = { requestId: invocation.requestId, settle: resolve };
      await polled();
      poll?.writeHead(200, {
        'Content-Type': 'application/json',
        'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
        'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
        'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
        'Lambda-Runtime-Trace-Id': invocation.traceId,
      });
      poll?.end(invocation.payload);
      poll = undefined;
      return promise;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const prefix = '/2018-06-01/runtime/';

const tooLarge = `Response payload size exceeded maximum allowed payload size (${lambdaLimits.payloadBytes} bytes).`;

const accepted: Answer = [202, { status: 'OK' }];
const unknownPath: Answer = [404, failure('NotFound', 'The Runtime API has no such resource.')];

function readResponse(body: string): InvokeResult {
  try {
    return { ok: true, payload: body === '' ? null : JSON.parse(body) };
  } catch {
    return failure('Runtime.MarshalError', 'The response is not JSON.');
  }
}

function readFailure(body: string): InvokeFailure {
  const read = readResponse(body);
  const fields = (read.ok ? read.payload : null) as { errorType?: unknown; errorMessage?: unknown } | null;
  return failure(String(fields?.errorType ?? 'Runtime.Unknown'), String(fields?.errorMessage ?? ''));
}
