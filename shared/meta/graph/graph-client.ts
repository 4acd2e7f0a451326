import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import type { Answer } from '../../queue/destination.ts';
import type { DestinationToken } from '../../queue/ports.ts';
import { type GraphError, readGraphError, unanswered } from './graph-error.ts';
import { ifReadable } from './if-readable.ts';
import { readNote } from './request-note.ts';
import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import { readUsage } from './usage-headers.ts';

export interface EventsRequest {
  readonly datasetId: string;
  readonly graphVersion: string;
  readonly token: DestinationToken;
  /** JSON, as text or in UTF-8. */
  readonly body: string | Uint8Array;
}

export type EventsAnswer =
  | Extract<Answer, { readonly accepted: true }>
  | { readonly accepted: false; readonly error: GraphError };

export type SendEvents = (request: EventsRequest) => Promise<EventsAnswer>;

/** As much of `fetch` as the client needs, so that a leaner one can take its place. */
export type GraphFetch = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Record<string, string>;
    readonly body: string | Uint8Array;
    readonly redirect: 'error';
    readonly signal: AbortSignal;
  },
) => Promise<GraphResponse>;

export interface GraphResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  text(): Promise<string>;
}

/** Longest wait for a whole answer of the Graph API, body included. */
export const graphTimeoutMs = 10_000;

/** A count that is missing or odd is no reason to send again: it is reported as missing. An `error` is a refusal, whatever the status. */
const Success = z.object({
  error: z.optional(z.undefined()),
  events_received: ifReadable(z.int().check(z.nonnegative())),
  messages: ifReadable(z.array(z.unknown())),
  fbtrace_id: ifReadable(z.string()),
});

/**
 * The one place that speaks to the Graph API. Never throws for what Meta or the network does.
 *
 * @param baseUrl e.g. `https://graph.facebook.com`
 * @param timeoutMs for the whole answer, body included
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api
 */
export function graphClient(baseUrl: string, fetch: GraphFetch, timeoutMs: number = graphTimeoutMs): SendEvents {
  const origin = baseUrl.replace(/\/+$/, '');
  return async ({ datasetId, graphVersion, token, body }) => {
    let response: GraphResponse;
    let text: string;
    try {
      response = await fetch(`${origin}/${graphVersion}/${datasetId}/events`, {
        method: 'POST',
        // The token goes into a header: URLs end up in access logs and error messages.
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token.accessToken}` },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await response.text();
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return { accepted: false, error: unanswered(timedOut ? timeoutMs : undefined) };
    }
    const { status, headers, ok } = response;
    const success = ok ? Success.safeParse(jsonOrNothing(text)) : undefined;
    if (!success?.success) {
      const error = readGraphError(status, text);
      const note = readNote({ traceId: error.traceId, version: graphVersion, headers });
      const retryAfterSeconds = ok ? undefined : waitWished(headers);
      return {
        accepted: false,
        error: { ...error, note, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
      };
    }
    const { events_received: received = 0, messages, fbtrace_id: traceId } = success.data;
    const { percent } = readUsage(headers);
    return {
      accepted: true,
      received,
      note: readNote({ traceId, messages, version: graphVersion, headers }),
      ...(percent > 0 && { usagePercent: percent }),
    };
  };
}

/** `appsecret_proof`: proves that the sender also knows the app's secret. @see https://developers.facebook.com/docs/graph-api/securing-requests */
export const appSecretProof = ({ accessToken, appSecret }: DestinationToken): string | undefined =>
  appSecret === undefined ? undefined : createHmac('sha256', appSecret).update(accessToken).digest('hex');

/** Seconds that Meta asks to wait: `Retry-After`, else minutes in the business use case header. */
function waitWished(headers: GraphResponse['headers']): number | undefined {
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(after) && after > 0) return after;
  const { regainSeconds } = readUsage(headers);
  return regainSeconds > 0 ? regainSeconds : undefined;
}
