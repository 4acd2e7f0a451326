import { jsonOrNothing } from '../../../shared/lib/json/json-or-nothing.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import { readBody } from '../../emulators/http-api/read-body.ts';

/** The console shows a write key and personal data: nothing is cached, and no other origin may read it. */
export const privateHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': contentType, ...privateHeaders, ...headers });
  response.end(body);
}

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void =>
  send(response, status, 'application/json', JSON.stringify(value));

/** `{"message"}`: what is wrong and what to do next. */
export const sendProblem = (response: ServerResponse, status: number, message: string): void =>
  sendJson(response, { message }, status);

const mostBodyBytes = 2 * 1024 * 1024;

/** A route that takes JSON of a shape and answers with JSON, or with a problem and its status. */
export const jsonRoute =
  <Schema extends z.ZodType>(schema: Schema, answer: (input: z.infer<Schema>) => Promise<unknown>): LocalRoute =>
  async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, mostBodyBytes);
    const parsed = schema.safeParse(jsonOrNothing(body?.toString('utf8') ?? ''));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return sendProblem(response, 400, `${issue?.path.join('.') || 'The body'}: ${issue?.message}`);
    }
    try {
      sendJson(response, await answer(parsed.data));
    } catch (error) {
      sendProblem(response, 502, error instanceof Error ? error.message : 'It failed for an unknown reason.');
    }
  };
