import { QueueUnavailableError } from '../errors.ts';
import { InvalidRequestError } from '../segment/invalid-request-error.ts';
import { lazy } from '../lib/lazy.ts';
import { requestErrors } from '../reasons/request-errors.ts';
import { rudderstackSettings, segmentSettings } from '../segment/library-settings.ts';
import { originHeaders } from '../segment/origins.ts';
import { dataText, eventFromQuery, transparentGif } from '../segment/pixel.ts';
import { parsedCall } from '../segment/call.ts';
import { createCallReader } from '../segment/call-reader.ts';
import type { FastCalls } from '../segment/fast-calls.ts';
import { type Calls, parseBody, type ReadBody, readCalls, writeKeyOf } from '../segment/read-calls.ts';
import type { Route } from '../segment/routes.ts';
import { type Source, sourceLookup } from '../segment/write-key.ts';
import { authenticate, findRoute, type KeyBearer, preflight, refuseForeignOrigin } from './admit.ts';
import { type Answer, accepted, document, image, problem, refused, unavailable, withHeaders } from './answers.ts';
import { type Queued, queueCalls } from './queue-calls.ts';
import type { IngestEffects, IngestFacts, IngestRequest, IngestResult } from './request.ts';

/** Takes requests of the Segment HTTP API and queues their events; answers only once the queue confirmed them all. */
export function createIngest(effects: IngestEffects): (request: IngestRequest) => Promise<IngestResult> {
  const findSource = sourceLookup(effects.config);
  const readFast = createCallReader();
  const headersFor = originHeaders(effects.config);
  const ownHost = effects.endpoint === undefined ? undefined : new URL(effects.endpoint).host;

  const hostOf = ({ headers }: IngestRequest): string => ownHost ?? headers['host'] ?? '';

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
      if (route.kind === 'pixel-script') return { answer: await pixelScript(request, effects), facts: {} };
      const body = bodyOf(request, route, readFast);
      const admitted = authenticate(request, route, findSource, body);
      source = admitted.source;
      refuseForeignOrigin(source, request);
      switch (route.kind) {
        case 'segment-settings':
          return respond(
            document(segmentSettings(admitted.writeKey, hostOf(request), await effects.pixel?.programOf(source.name))),
          );
        case 'rudderstack-settings': {
          const program = await effects.pixel?.programOf(source.name);
          return respond(document(rudderstackSettings(source.name, admitted.writeKey, effects.clock(), program)));
        }
        case 'ids':
          return respond((await pixelAnswers()).ids(request, (body as Body).read().value, hostOf(request)));
        case 'pixel': {
          const calls = body
            ? body.calls('event')
            : { events: [parsedCall(eventFromQuery(request.query))], warnings: [] };
          return respond(image(transparentGif), await queue(calls, source, route));
        }
        case 'batch':
        case 'event': {
          const queued = await queue((body as Body).calls(route.kind), source, route);
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

/** Loaded when a page asks: servers never do. */
const pixelAnswers = () => import('./pixel-answers.ts');

async function pixelScript(request: IngestRequest, { pixel }: IngestEffects): Promise<Answer> {
  if (pixel !== undefined) return (await pixelAnswers()).script(await pixel.script(), request);
  throw new InvalidRequestError('path_unknown', requestErrors.path_unknown.cases.noScript);
}

/** Read as text and parsed once each, and only when something needs it: the key may be in the header. */
interface Body extends KeyBearer {
  readonly read: () => ReadBody;
  readonly calls: (kind: 'batch' | 'event') => Calls;
}

function bodyOf(request: IngestRequest, route: Route, readFast: FastCalls): Body | undefined {
  if (route.kind === 'pixel' && route.form === 'data')
    return body(
      () => dataText(request.query['data']),
      () => undefined,
    );
  if (route.kind !== 'batch' && route.kind !== 'event' && route.kind !== 'ids') return undefined;
  return body(request.readBody, (text) => (route.kind === 'ids' ? undefined : readFast(text, route.kind)));
}

function body(readText: () => string, readFast: (text: string) => ReturnType<FastCalls>): Body {
  const text = lazy(readText);
  const fast = lazy(() => readFast(text()));
  const read = lazy(() => parseBody(text()));
  return {
    text,
    read,
    writeKey: () => fast()?.writeKey ?? writeKeyOf(text(), read().value),
    calls: (kind) => fast() ?? readCalls(read(), kind),
  };
}

const causeName = ({ cause }: QueueUnavailableError): string =>
  cause instanceof Error ? cause.name : 'entries_failed';
