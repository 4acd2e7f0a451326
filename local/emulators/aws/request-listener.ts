import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import type { Call, OperationTable } from './operation.ts';

/** Answered instead of running an operation, as if the service itself had failed. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Decides by target (e.g. `AmazonSQS.SendMessageBatch`) and decoded body whether a request is to fail. */
export type Intercept = (operation: string, body: unknown) => Fault | undefined;

// Ten entries of 1 MiB in total, each character escaped in JSON as six.
const maxRequestBytes = 8 * 1024 * 1024;

/** Finds an operation by its target and runs it, unless it is to fail. */
export const runOperation =
  (operations: OperationTable, intercept: Intercept = () => undefined): Call =>
  async (target, body, signal) => {
    const operation = Object.hasOwn(operations, target) ? operations[target] : undefined;
    const fault = intercept(target, body);
    if (fault) throw new AwsError(fault.code, fault.message, { status: fault.status });
    if (operation === undefined) {
      throw new AwsError('UnknownOperationException', `The operation ${target || '(none)'} is not available here.`);
    }
    return (await operation(body, signal)) ?? {};
  };

/**
 * Speaks AWS JSON 1.0 and 1.1: one POST, the operation in `x-amz-target`, errors by `__type`.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function requestListener(run: Call): RequestListener {
  return async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    try {
      const target = String(request.headers['x-amz-target'] ?? '');
      send(request, response, 200, await run(target, parse(await read(request)), gone.signal));
    } catch (error) {
      sendError(request, response, error);
    }
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxRequestBytes)
      throw new AwsError('RequestEntityTooLarge', 'The request is too large.', { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
}

function sendError(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
  const error =
    thrown instanceof AwsError
      ? thrown
      : new AwsError('InternalFailure', `The emulator failed: ${String(thrown)}`, { status: 500 });
  response.setHeader('x-amzn-query-error', `${error.queryCode};${error.status < 500 ? 'Sender' : 'Receiver'}`);
  send(request, response, error.status, { __type: error.code, message: error.message });
}

function send(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
}
