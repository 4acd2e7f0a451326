import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duplicates } from './duplicates.ts';
import { judge } from './judge.ts';
import type { Members } from './read-members.ts';
import { type Incoming, readRequest } from './read-request.ts';
import { type ReceivedRequest, ReceivedRequests } from './received-requests.ts';
import { errorBody, type Refusal, refusals } from './refusal.ts';

export type { ReceivedRequest };

export interface GraphApiOptions {
  /** @defaultValue 0, any free port */
  readonly port?: number;
  readonly accepts: (token: string) => boolean;
  /** The clock that the age of events is measured by. */
  readonly now?: () => Date;
  /** Called before each request is answered. */
  readonly onRequest?: (request: ReceivedRequest) => void;
}

export interface GraphApi {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** The last 200 requests, oldest first. */
  received(): readonly ReceivedRequest[];
  close(): Promise<void>;
}

const closeWithinMs = 2_000;

/**
 * Meta's `POST /v{version}/{dataset id}/events` on 127.0.0.1, by its documented rules: one bad event refuses the whole
 * request, and the answer does not say which. Every dataset id exists. Rejects when the port is taken.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api
 */
export async function startGraphApi(options: GraphApiOptions): Promise<GraphApi> {
  const { port = 0, accepts, now = () => new Date(), onRequest } = options;
  const requests = new ReceivedRequests();
  const duplicates = new Duplicates();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const incoming = await readRequest(request, accepts);
    const { datasetId, graphVersion, members, bytes, events = [] } = incoming;
    const at = now();
    const refusal = decide(incoming, at);
    const testEventCode = members['test_event_code'];
    const received: ReceivedRequest = {
      at,
      datasetId,
      graphVersion,
      status: refusal?.status ?? 200,
      events,
      ...(typeof testEventCode === 'string' && { testEventCode }),
      ...(refusal && { error: errorOf(refusal) }),
      duplicates: refusal ? 0 : store(datasetId, events as readonly Members[], at),
      durationMs: Math.round(performance.now() - startedAt),
    };
    requests.add(received, bytes);
    onRequest?.(received);
    answer(response, refusal, events.length);
  }

  const store = (datasetId: string, events: readonly Members[], at: Date): number =>
    events.filter(({ event_name: name, event_id: id }) => id && duplicates.add(datasetId, String(name), String(id), at))
      .length;

  function answer(response: ServerResponse, refusal: Refusal | undefined, received: number): void {
    if (response.headersSent || response.destroyed) return;
    const traceId = randomBytes(12).toString('base64url');
    const body = refusal
      ? errorBody(refusal, traceId)
      : { events_received: received, messages: [], fbtrace_id: traceId };
    response.writeHead(refusal?.status ?? 200, {
      'content-type': 'application/json; charset=UTF-8',
      'x-fb-trace-id': traceId,
      ...(!server.listening && { connection: 'close' }),
    });
    response.end(JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      // Who goes away while sending waits for no answer; anything else is a bug here.
      if (request.complete) answer(response, refusals.bug, 0);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => requests.list(),
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), closeWithinMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

/** Faults that a test asks for belong in front. */
const decide = ({ members, events, refusal }: Incoming, now: Date): Refusal | undefined =>
  refusal ?? judge(members, events, now);

const errorOf = ({ code, subcode, means }: Refusal): NonNullable<ReceivedRequest['error']> => ({
  code,
  ...(subcode !== undefined && { subcode }),
  message: means,
});
