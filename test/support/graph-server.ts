import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type Served, serve } from './serve.ts';

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface GraphServer extends Served {
  readonly requests: readonly ReceivedRequest[];
}

/** Writes the answer to a request, or leaves it open, or breaks the connection. */
export type Respond = (response: ServerResponse, request: ReceivedRequest) => void;

/** A real HTTP server in Meta's place, for what only a network does. */
export async function startGraphServer(respond: Respond): Promise<GraphServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method, url, headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    requests.push(request);
    respond(response, request);
  });
  return { requests, ...(await serve(server)) };
}

/** Answers with a status, headers and a body; an object becomes JSON. */
export const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): Respond =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
