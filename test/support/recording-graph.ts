import type { EventsRequest, SendEvents } from '../../shared/meta/graph/graph-client.ts';
import { type GraphError, readGraphError } from '../../shared/meta/graph/graph-error.ts';
import { ServerEvent } from '../../shared/meta/event/server-event.ts';

export interface RecordedRequest extends EventsRequest {
  readonly body: string;
  readonly events: readonly ServerEvent[];
}

/** Decides on a request as Meta does: a refusal is for all of it. */
export type Judge = (request: RecordedRequest) => GraphError | undefined;

export interface RecordingGraph {
  readonly sendEvents: SendEvents;
  readonly requests: readonly RecordedRequest[];
  readonly accepted: readonly RecordedRequest[];
  /** Events of the accepted requests, in order. */
  readonly delivered: readonly ServerEvent[];
}

/** Stands in for Meta, as a function: keeps every request and insists on well-formed server events. */
export function recordingGraph(judge: Judge = () => undefined): RecordingGraph {
  const requests: RecordedRequest[] = [];
  const accepted: RecordedRequest[] = [];
  return {
    requests,
    accepted,
    get delivered() {
      return accepted.flatMap(({ events }) => events);
    },
    sendEvents: async (request) => {
      const body = Buffer.from(request.body).toString();
      const { data } = JSON.parse(body) as { readonly data: readonly unknown[] };
      const recorded = { ...request, body, events: data.map((event) => ServerEvent.parse(event)) };
      requests.push(recorded);
      // An answer takes its time: what is sent at once is under way at once.
      await Promise.resolve();
      const refusal = judge(recorded);
      if (refusal !== undefined) return { accepted: false, error: refusal };
      accepted.push(recorded);
      return { accepted: true, received: recorded.events.length };
    },
  };
}

interface GraphErrorOptions {
  readonly subcode?: number;
  readonly data?: unknown;
  readonly transient?: boolean;
}

/** A refusal as it is read from an answer of the Graph API. */
export const graphError = (code: number, { subcode, data, transient }: GraphErrorOptions = {}): GraphError =>
  readGraphError(
    400,
    JSON.stringify({
      error: {
        message: 'Invalid parameter',
        type: 'OAuthException',
        code,
        error_subcode: subcode,
        error_data: data,
        is_transient: transient,
        fbtrace_id: 'Atrace',
      },
    }),
  );

/** The event has too little customer information. */
export const badEvent = graphError(100, { subcode: 2804050 });

/** Refuses every request that holds one of these events. */
export const refusing =
  (eventIds: Iterable<string>, refusal: GraphError = badEvent): Judge =>
  ({ events }) => {
    const bad = new Set(eventIds);
    return events.some(({ event_id: id }) => id !== undefined && bad.has(id)) ? refusal : undefined;
  };
