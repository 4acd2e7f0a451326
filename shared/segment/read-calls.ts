import { InvalidRequestError } from '../errors.ts';
import { isObject, type JsonObject } from './event.ts';
import { segmentLimits } from './limits.ts';
import { isDeeperThan } from './merge-bags.ts';
import { parseJson } from './parse-json.ts';
import type { Route } from './routes.ts';

/** The calls in a request's body, and what its batch says about all of them. */
export interface Calls {
  readonly events: readonly unknown[];
  readonly sentAt?: unknown;
  readonly context?: JsonObject | undefined;
  readonly integrations?: JsonObject | undefined;
}

/** @throws InvalidRequestError when the text is no JSON; the content type is not looked at, since libraries send any. */
export function parseBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    const [what, fix] =
      text === ''
        ? ['The request has no body.', 'Send the event or batch as a JSON body.']
        : [
            'The body is not valid JSON.',
            'Send one JSON document, encoded as UTF-8; check for a body that was cut off.',
          ];
    throw new InvalidRequestError(400, 'request_invalid', what, fix);
  }
}

/** @throws InvalidRequestError when a batch is not `{"batch": […]}` or holds too many events */
export function readCalls(body: unknown, kind: Extract<Route['kind'], 'batch' | 'event'>): Calls {
  if (kind === 'event') return { events: [body] };
  if (!isObject(body) || !Array.isArray(body['batch'])) {
    throw new InvalidRequestError(
      400,
      'request_invalid',
      'A batch must be a JSON object with a list named "batch".',
      'Send {"batch": [{"type": "track", …}]}.',
    );
  }
  const { batch } = body;
  if (batch.length > segmentLimits.eventsPerBatch) {
    throw new InvalidRequestError(
      413,
      'request_too_large',
      `The batch has more than ${segmentLimits.eventsPerBatch} events.`,
      `Send at most ${segmentLimits.eventsPerBatch} events in a request.`,
    );
  }
  const context = bag(body['context']);
  const integrations = bag(body['integrations']);
  // Before anything writes them as JSON, which overflows the stack on a hostile depth.
  if ([context, integrations].some((each) => isDeeperThan(each, segmentLimits.eventDepth))) {
    throw new InvalidRequestError(
      400,
      'request_invalid',
      `The context or integrations of the batch are nested deeper than ${segmentLimits.eventDepth} levels.`,
      'Flatten the nested objects and lists.',
    );
  }
  const shared = context || integrations ? Buffer.byteLength(JSON.stringify([context, integrations])) : 0;
  if (shared * batch.length > segmentLimits.mergedBytes) {
    throw new InvalidRequestError(
      413,
      'request_too_large',
      'The context and integrations of the batch are too large for its number of events.',
      'Send the large members once per event that needs them, or fewer events in a request.',
    );
  }
  return { events: batch, sentAt: body['sentAt'], context, integrations };
}

const bag = (value: unknown): JsonObject | undefined => (isObject(value) ? value : undefined);
