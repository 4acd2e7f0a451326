import type { Config } from '../config/config.ts';
import { type ErrorCode, InvalidRequestError, QueueUnavailableError } from '../errors.ts';
import type { Clock, MessageQueue } from '../queue/ports.ts';
import type { IngestWarning } from '../segment/ingest-warning.ts';
import { rudderstackSettings, segmentSettings } from '../segment/library-settings.ts';
import { originHeaders } from '../segment/origins.ts';
import { dataText, eventFromQuery, transparentGif } from '../segment/pixel.ts';
import { type Calls, parseBody, type ReadBody, readCalls } from '../segment/read-calls.ts';
import type { Rejection } from '../segment/rejection.ts';
import type { Route } from '../segment/routes.ts';
import { type Source, sourceLookup } from '../segment/write-key.ts';
import { authenticate, findRoute, preflight, refuseForeignOrigin } from './admit.ts';
import { type Answer, accepted, document, image, problem, refused, unavailable, withHeaders } from './answers.ts';
import type { Told } from './first-of-many.ts';
import { type Queued, queueCalls } from './queue-calls.ts';

export interface IngestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The sender's address as the gateway vouches for it, past proxies of ours; asked for only where it is needed. */
  readonly clientAddress: () => string | undefined;
  /** The body as text, inflated. @throws InvalidRequestError when it is too large or cannot be decoded */
  readonly readBody: () => string;
}

export interface IngestEffects {
  readonly config: Config;
  /** Where clients send, such as `https://events.shop.example`; without it, the host that a request names is believed. */
  readonly endpoint?: string | undefined;
  readonly events: MessageQueue;
  readonly deadLetters: MessageQueue;
  readonly clock: Clock;
  readonly randomId: () => string;
}

export interface IngestResult {
  readonly answer: Answer;
  readonly facts: IngestFacts;
}

/** For metrics and the log. */
export interface IngestFacts {
  /** Missing when the request carried no events of a known source. */
  readonly source?: string;
  /** Message ids: a sender's own texts, to be logged with care. */
  readonly accepted?: readonly string[];
  readonly rejected?: Told<Rejection>;
  readonly warnings?: Told<IngestWarning>;
  /** Events that the sender still owns. */
  readonly notQueued?: number;
  /** Kind of the error behind a 503, such as `QueueDoesNotExist`. */
  readonly cause?: string;
  /** Why the request as a whole was refused. */
  readonly refusal?: Refusal;
}

export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly fix: string;
  /** If the key was one of a source. */
  readonly source?: string | undefined;
}

/** Takes requests of the Segment HTTP API and queues their events; answers only once the queue confirmed them all. */
export function createIngest(effects: IngestEffects): (request: IngestRequest) => Promise<IngestResult> {
  const findSource = sourceLookup(effects.config);
  const headersFor = originHeaders(effects.config);
  const ownHost = effects.endpoint === undefined ? undefined : new URL(effects.endpoint).host;

  return async (request) => {
    const cors = headersFor(request.headers['origin']);
    const respond = (answer: Answer, facts: IngestFacts = {}): IngestResult => ({
      answer: withHeaders(answer, cors),
      facts,
    });
    let source: Source | undefined;
    let notQueued = 0;
    const queue = async (calls: Calls, from: Source, route: Route): Promise<Queued & { readonly source: string }> => {
      notQueued = calls.events.length;
      return { source: from.name, ...(await queueCalls(calls, from, request, route, effects)) };
    };
    try {
      const route = findRoute(request);
      if (route === 'preflight') return respond(preflight(request, cors));
      if (route.kind === 'metrics') return respond(document({ success: true }));
      const body = bodyOf(request, route);
      const admitted = authenticate(
        request,
        route,
        findSource,
        body && { text: body.text, value: () => body.read().value },
      );
      source = admitted.source;
      refuseForeignOrigin(source, request);
      switch (route.kind) {
        case 'segment-settings':
          return respond(document(segmentSettings(admitted.writeKey, ownHost ?? request.headers['host'] ?? '')));
        case 'rudderstack-settings':
          return respond(document(rudderstackSettings(source.name, admitted.writeKey, effects.clock())));
        case 'pixel': {
          const calls = body
            ? readCalls(body.read(), 'event')
            : { events: [eventFromQuery(request.query)], warnings: [] };
          return respond(image(transparentGif), await queue(calls, source, route));
        }
        case 'batch':
        case 'event': {
          const queued = await queue(readCalls((body as Body).read(), route.kind), source, route);
          const [first] = queued.rejected.first;
          const answer =
            route.kind === 'event' && first !== undefined
              ? refused(first.code === 'event_too_large' ? 413 : 400, first)
              : accepted(queued.accepted.length, queued.rejected, queued.warnings);
          return respond(answer, queued);
        }
      }
    } catch (error) {
      if (error instanceof InvalidRequestError) {
        const { status, code, message: reason, fix } = error;
        return respond(problem(error), { refusal: { status, code, reason, fix, source: source?.name } });
      }
      // Without CORS headers a browser's library sees a failed request and tries again; Customer.io's takes any status
      // that it can read for delivered.
      if (error instanceof QueueUnavailableError)
        return { answer: unavailable(error), facts: { cause: causeName(error), notQueued } };
      throw error;
    }
  };
}

/** Read as text and parsed once each, and only when something needs it: the key may be in the header. */
interface Body {
  readonly text: () => string;
  readonly read: () => ReadBody;
}

function bodyOf(request: IngestRequest, route: Route): Body | undefined {
  if (route.kind === 'pixel' && route.form === 'data') {
    const { data } = request.query;
    const text = once(() => dataText(data));
    return { text, read: once(() => parseBody(text())) };
  }
  if (route.kind !== 'batch' && route.kind !== 'event') return undefined;
  const text = once(request.readBody);
  return { text, read: once(() => parseBody(text())) };
}

function once<T>(get: () => T): () => T {
  let got: { readonly value: T } | undefined;
  return () => {
    got ??= { value: get() };
    return got.value;
  };
}

const causeName = ({ cause }: QueueUnavailableError): string =>
  cause instanceof Error ? cause.name : 'entries_failed';
