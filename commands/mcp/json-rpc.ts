import * as z from 'zod';

/** Message of JSON-RPC 2.0 that asks for something; without an id it asks for no answer. */
const Request = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.looseObject({}).optional(),
});

/** A fault of a request, by JSON-RPC's own codes. */
export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const rpcCodes = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  internal: -32_603,
} as const;

export type Method = (params: Readonly<Record<string, unknown>>) => Promise<object>;

/**
 * Answers one line of JSON-RPC.
 *
 * @returns the answer as one line; undefined for a notification, and for answers, since nothing is asked here
 */
export async function answerLine(line: string, methods: Readonly<Record<string, Method>>): Promise<string | undefined> {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    return written(null, new RpcError(rpcCodes.parse, 'The line is not JSON.'));
  }
  const parsed = Request.safeParse(given);
  if (!parsed.success) {
    const isAnswer = typeof given === 'object' && given !== null && ('result' in given || 'error' in given);
    return isAnswer
      ? undefined
      : written(null, new RpcError(rpcCodes.request, 'The line is no request of JSON-RPC 2.0.'));
  }
  const { id, method, params = {} } = parsed.data;
  if (id === undefined) return undefined;
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (run === undefined) return written(id, new RpcError(rpcCodes.method, `There is no method ${method}.`));
  try {
    return JSON.stringify({ jsonrpc: '2.0', id, result: await run(params) });
  } catch (error) {
    return written(id, error instanceof RpcError ? error : new RpcError(rpcCodes.internal, (error as Error).message));
  }
}

const written = (id: string | number | null, { code, message }: RpcError): string =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
