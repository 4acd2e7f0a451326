import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { closeServer } from '../close-server.ts';
import { checkToken } from './check-token.ts';
import { answerControl, isControlPath } from './control.ts';
import { Duplicates } from './duplicates.ts';
import { type EventsEdge, notStored, takeEvents } from './events-edge.ts';
import { type FaultOptions, Faults, type Hit, type Fault } from './faults.ts';
import { RateLimit, usageHeaders } from './rate-limit.ts';
import { readEndpoint } from './read-endpoints.ts';
import { type Incoming, readRequest } from './read-request.ts';
import { type ReceivedRequest, ReceivedRequests } from './received-requests.ts';
import { errorBody, type StandInError, standInErrors } from './stand-in-error.ts';
import { sendFault, sendJson } from './send.ts';
import { versionHeaders } from './versions.ts';
import { defaultToken, defaultWorld, type TokenFacts, type World } from './world.ts';

export type { ReceivedRequest };

export interface GraphApiOptions {
  /** @defaultValue 0, any free port */
  readonly port?: number;
  readonly accepts: (token: string) => boolean;
  /** Facts of an accepted token; members that are left out are those of `defaultToken`. */
  readonly token?: Partial<TokenFacts> | ((token: string) => Partial<TokenFacts>);
  /** Businesses and datasets there are; members that are left out are those of `defaultWorld`. */
  readonly world?: Partial<World>;
  /** The app requires `appsecret_proof` by this secret. */
  readonly appSecret?: string;
  /** Limits the calls, and says in headers how many are used. */
  readonly limits?: { readonly callsPerHour: number };
  /** Faults that are on from the start. */
  readonly faults?: readonly FaultOptions[];
  /** Decides for faults that hit a share of the requests; from 0 to below 1. */
  readonly random?: () => number;
  /** The clock that the age of events is measured by. */
  readonly now?: () => Date;
  /** Called for each request that sends events, or tries to, before it is answered. */
  readonly onRequest?: (request: ReceivedRequest) => void;
  /** Called for each request that reads. */
  readonly onRead?: (read: Read) => void;
}

/** A request to an endpoint that lists what there is. */
export interface Read {
  readonly at: Date;
  /** Without the query, which may hold the token. */
  readonly path: string;
  readonly status: number;
  readonly error?: NonNullable<ReceivedRequest['error']>;
}

export interface GraphApi {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** Faults can come and go while it runs. */
  readonly faults: Pick<Faults, 'add' | 'clear' | 'list'>;
  /** The last 200 requests that sent events, oldest first. */
  received(): readonly ReceivedRequest[];
  close(): Promise<void>;
}

/**
 * Meta's `POST /v{version}/{dataset id}/events` on 127.0.0.1, by its documented rules: one bad event refuses the whole
 * request, and the answer does not say which. Beside it, what lists the datasets that a token reaches. Rejects when the
 * port is taken.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api
 */
export async function startGraphApi(options: GraphApiOptions): Promise<GraphApi> {
  const { port = 0, accepts, now = () => new Date(), onRequest, onRead, random = Math.random } = options;
  const world: World = { ...defaultWorld, ...options.world };
  const requests = new ReceivedRequests();
  const faults = new Faults(random);
  for (const fault of options.faults ?? []) faults.add(fault);
  const limit = options.limits && new RateLimit(options.limits.callsPerHour);
  const limitKey = world.businesses[0]?.id ?? defaultToken.appId;
  /** Datasets may come and go in the list that was given. */
  const firedAt = new Map(world.datasets.map(({ id, lastFiredAt }) => [id, lastFiredAt]));

  const factsOf = (token: string): TokenFacts => ({
    ...defaultToken,
    ...(typeof options.token === 'function' ? options.token(token) : options.token),
  });

  const edge: EventsEdge = { world, factsOf, duplicates: new Duplicates() };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isControlPath(request.url)) {
      await answerControl(request, response, faults, requests);
      return;
    }
    const startedAt = performance.now();
    const incoming = await readRequest(request);
    const { graphVersion, datasetId, path } = incoming;
    const isRead = incoming.method === 'GET' && datasetId === '';
    const hit = faults.next(datasetId || path[0], isRead ? 'reads' : 'events');
    if (hit.latencyMs > 0) await delay(hit.latencyMs, undefined, { ref: false });
    const at = now();
    const wrong = checkCaller(incoming, at);
    const taken = wrong === undefined ? limit?.take(at) : undefined;
    const early = taken?.allowed === false ? standInErrors.tooManyCalls : wrong;
    const usage = hit.usage ?? taken;
    const { status, body, traceId } = isRead
      ? read(incoming, hit, early, at)
      : receive(incoming, hit, early, at, startedAt);
    if (body === undefined) {
      if (hit.fault !== undefined) sendFault(response, hit.fault, retryAfter(hit));
      return;
    }
    sendJson(response, status, body, {
      'x-fb-trace-id': traceId,
      ...(graphVersion !== '' && versionHeaders(graphVersion, at)),
      ...(usage && usageHeaders(limitKey, usage)),
      ...retryAfter(hit),
      ...(!server.listening && { connection: 'close' }),
    });
  }

  /** Error in what every request has, whatever it is about. */
  const checkCaller = ({ graphVersion, token, proof }: Incoming, at: Date): StandInError | undefined =>
    graphVersion === ''
      ? standInErrors.unknownPath
      : checkToken(token, proof, { accepts, factsOf, appSecret: options.appSecret, now: at });

  function receive(incoming: Incoming, hit: Hit, early: StandInError | undefined, at: Date, startedAt: number): Answer {
    const { datasetId, graphVersion, members, events = [] } = incoming;
    const isJudged = hit.fault === undefined || hit.afterStoring;
    const { error: own, stored, duplicates, warnings } = isJudged ? takeEvents(incoming, early, at, edge) : notStored;
    if (stored && world.datasets.some(({ id }) => id === datasetId)) firedAt.set(datasetId, at);
    const fault = own === undefined ? hit.fault : undefined;
    const error = own ?? errorIn(fault);
    const answer = answerOf(fault, error, (fbtrace_id) => ({
      events_received: events.length,
      messages: warnings,
      fbtrace_id,
    }));
    const testEventCode = members['test_event_code'];
    const received: ReceivedRequest = {
      at,
      datasetId,
      graphVersion: datasetId === '' ? '' : graphVersion,
      status: answer.status,
      events,
      ...(typeof testEventCode === 'string' && { testEventCode }),
      ...(error && { error: errorOf(error) }),
      duplicates,
      durationMs: Math.round(performance.now() - startedAt),
      traceId: answer.traceId,
      ...(warnings.length > 0 && { warnings }),
      ...(fault && { fault: hit.name ?? '' }),
      stored,
    };
    requests.add(received);
    onRequest?.(received);
    return answer;
  }

  function read(incoming: Incoming, { fault }: Hit, early: StandInError | undefined, at: Date): Answer {
    const { path, url, token } = incoming;
    const refused = errorIn(fault) ?? early;
    const found = refused
      ? { error: refused }
      : readEndpoint({
          path,
          url,
          world,
          now: at,
          facts: factsOf(String(token)),
          factsOf: (other) => (accepts(other) ? factsOf(other) : undefined),
          lastFiredAt: (id) => firedAt.get(id),
        });
    const error = 'error' in found ? found.error : undefined;
    const answer = answerOf(fault, error, () => ('body' in found ? found.body : {}));
    onRead?.({ at, path: url.pathname, status: answer.status, ...(error && { error: errorOf(error) }) });
    return answer;
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      // A client that disconnects while sending needs no answer; anything else is a bug here.
      const { status, body = {} } = answerOf(undefined, standInErrors.bug, () => ({}));
      if (request.complete) sendJson(response, status, body, {});
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    received: () => requests.list(),
    close: () => closeServer(server),
  };
}

interface Answer {
  /** 0 for one that never comes whole. */
  readonly status: number;
  /** Undefined when the fault is to answer. */
  readonly body?: object;
  readonly traceId: string;
}

function answerOf(
  fault: Fault | undefined,
  error: StandInError | undefined,
  success: (traceId: string) => object,
): Answer {
  const traceId = randomBytes(12).toString('base64url');
  if (fault !== undefined && fault.kind !== 'error') {
    return { status: fault.kind === 'text' ? fault.status : 0, traceId };
  }
  return error === undefined
    ? { status: 200, body: success(traceId), traceId }
    : { status: error.status, body: errorBody(error, traceId), traceId };
}

const retryAfter = ({ retryAfterSeconds }: Hit): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };

const errorIn = (fault: Fault | undefined): StandInError | undefined =>
  fault?.kind === 'error' ? fault.error : undefined;

const errorOf = ({ code, subcode, means }: StandInError): NonNullable<ReceivedRequest['error']> => ({
  code,
  ...(subcode !== undefined && { subcode }),
  message: means,
});
