import type { Config } from '../config/config.ts';
import { InvalidRequestError, QueueUnavailableError } from '../errors.ts';
import { rudderstackSettings, segmentSettings } from '../segment/library-settings.ts';
import { originHeaders } from '../segment/origins.ts';
import { eventFromQuery, transparentGif } from '../segment/pixel.ts';
import { parseBody, readCalls } from '../segment/read-calls.ts';
import { sourceLookup } from '../segment/write-key.ts';
import { authenticate, findRoute, preflight, refuseForeignOrigin } from './admit.ts';
import { type Answer, accepted, document, image, problem, refused, unavailable, withHeaders } from './answers.ts';
import type { Clock, MessageQueue } from '../queue/ports.ts';
import { queueCalls } from './queue-calls.ts';

export interface IngestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The sender's address as the gateway vouches for it. */
  readonly sourceIp: string | undefined;
  /** The body as text, inflated. @throws InvalidRequestError when it is too large or cannot be decoded */
  readonly readBody: () => string;
}

export interface IngestEffects {
  readonly config: Config;
  readonly events: MessageQueue;
  readonly deadLetters: MessageQueue;
  readonly clock: Clock;
  readonly randomId: () => string;
}

export interface IngestResult {
  readonly answer: Answer;
  /** For metrics and the log. */
  readonly facts: {
    /** Missing when the request carried no events of a known source. */
    readonly source?: string;
    /** Message ids: a sender's own texts, to be logged with care. */
    readonly accepted?: readonly string[];
    readonly rejected?: readonly { readonly code: string; readonly messageId?: string | undefined }[];
    /** Events that the sender still owns. */
    readonly notQueued?: number;
    /** Kind of the error behind a 503, such as `QueueDoesNotExist`. */
    readonly cause?: string;
  };
}

/** Takes requests of the Segment HTTP API and queues their events; answers only once the queue confirmed them all. */
export function createIngest(effects: IngestEffects): (request: IngestRequest) => Promise<IngestResult> {
  const findSource = sourceLookup(effects.config);
  const headersFor = originHeaders(effects.config);

  return async (request) => {
    const cors = headersFor(request.headers['origin']);
    const respond = (answer: Answer, facts: IngestResult['facts'] = {}): IngestResult => ({
      answer: withHeaders(answer, cors),
      facts,
    });
    let notQueued = 0;
    try {
      const route = findRoute(request);
      if (route === 'preflight') return respond(preflight(request, cors));
      if (route.kind === 'metrics') return respond(document({ success: true }));
      const body = route.kind === 'batch' || route.kind === 'event' ? bodyReader(request) : undefined;
      const { source, writeKey } = authenticate(request, route, findSource, body);
      refuseForeignOrigin(source, request, route);
      switch (route.kind) {
        case 'segment-settings':
          return respond(document(segmentSettings(writeKey, request.headers['host'] ?? '')));
        case 'rudderstack-settings':
          return respond(document(rudderstackSettings(source.name, writeKey, effects.clock())));
        case 'pixel': {
          notQueued = 1;
          const { accepted, rejected } = await queueCalls(
            { events: [eventFromQuery(request.query)] },
            source,
            request,
            route,
            effects,
          );
          return respond(image(transparentGif), { source: source.name, accepted, rejected });
        }
        default: {
          const calls = readCalls(body?.(), route.kind);
          notQueued = calls.events.length;
          const { accepted: taken, rejected } = await queueCalls(calls, source, request, route, effects);
          const [first] = rejected;
          const single = route.kind === 'event' && first !== undefined;
          const answer = single
            ? refused(first.code === 'event_too_large' ? 413 : 400, first)
            : accepted(taken.length, rejected);
          return respond(answer, { source: source.name, accepted: taken, rejected });
        }
      }
    } catch (error) {
      if (error instanceof InvalidRequestError) return respond(problem(error));
      // Without CORS headers a browser's library sees a failed request and tries again; Customer.io's takes any status
      // that it can read for delivered.
      if (error instanceof QueueUnavailableError)
        return { answer: unavailable(error), facts: { cause: causeName(error), notQueued } };
      throw error;
    }
  };
}

/** Parsed once, and only when something needs it: the key may be in the header. */
function bodyReader(request: IngestRequest): () => unknown {
  let parsed: { readonly body: unknown } | undefined;
  return () => {
    parsed ??= { body: parseBody(request.readBody()) };
    return parsed.body;
  };
}

const causeName = ({ cause }: QueueUnavailableError): string =>
  cause instanceof Error ? cause.name : 'entries_failed';
