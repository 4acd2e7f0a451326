import * as z from 'zod/mini';
import type { RetryAction, ServiceError } from '../../queue/destination.ts';
import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import { lazy } from '../../lib/lazy.ts';
import {
  type GraphErrorCode,
  type GraphFailureCode,
  graphErrorCode,
  graphErrors,
  graphFailures,
} from '../../reasons/graph-errors.ts';
import { letters } from '../../reasons/letters.ts';
import { fill } from '../../reasons/reason.ts';
import { guardCustomData } from '../privacy/personal-data.ts';
import { ifReadable } from './if-readable.ts';

const ruleOf = (code: number, subcode: number | undefined) => {
  const known = graphErrorCode(code, subcode);
  return known === undefined ? undefined : graphErrors[known];
};

const errorBody = lazy(() =>
  z.object({
    error: z.object({
      message: ifReadable(z.string()),
      code: ifReadable(z.number()),
      error_subcode: ifReadable(z.number()),
      is_transient: ifReadable(z.boolean()),
      error_data: z.optional(z.unknown()),
      error_user_title: ifReadable(z.string()),
      error_user_msg: ifReadable(z.string()),
      fbtrace_id: ifReadable(z.string()),
    }),
  }),
);

/** Texts that Meta shows people, translated at its liking. */
interface UserTexts {
  readonly userTitle?: string;
  readonly userMessage?: string;
}

/** A request that Meta refused, or that had no answer. */
export interface GraphError extends ServiceError {
  readonly status?: number;
  readonly code?: number;
  readonly subcode?: number;
  /** Meta says itself that the same request may succeed later. */
  readonly transient?: boolean;
  readonly needsAppSecretProof?: boolean;
  /** `fbtrace_id`, for Meta's support. */
  readonly traceId?: string;
}

/** Codes of a token that is not valid, for whatever reason. */
const tokenCodes: ReadonlySet<number> = new Set([102, 190]);

/** Where the status is all there is. A request that is too large gets through in parts. */
const actionOfStatus: Readonly<Record<number, RetryAction>> = { 413: 'reject', 429: 'throttle' };

/** Nothing was answered in time, or by a proxy that waited for Meta in vain: smaller requests may get through. */
const tooLargeStatuses: ReadonlySet<number | undefined> = new Set([408, 413, 504]);

/**
 * Retry logic of the Graph API: `is_transient` first, then code and subcode, then the code, and the HTTP status only where
 * there is no code. What is not known is retried: losing an event is worse than sending it twice.
 */
export function retryAction(error: GraphError): RetryAction {
  const { status, code, subcode, transient, needsAppSecretProof, aboutCredential } = error;
  if (aboutCredential) return 'hold';
  if (code === undefined) return (status === undefined ? undefined : actionOfStatus[status]) ?? 'retry';
  const action = ruleOf(code, subcode)?.action;
  if (transient) return action === 'throttle' ? 'throttle' : 'retry';
  if (needsAppSecretProof) return 'hold';
  return action ?? 'retry';
}

/** Reads an answer outside 2xx. What is no Graph error at all (HTML from a proxy, broken JSON) has its status only. */
export function readGraphError(status: number, body: string): GraphError {
  const parsed = errorBody().safeParse(jsonOrNothing(body));
  const isTooLarge = tooLargeStatuses.has(status) && { isTooLarge: true };
  if (!parsed.success || parsed.data.error.code === undefined) {
    return {
      reason: fill(graphFailures.graph_status, { status }),
      label: `http_${status}`,
      aboutEvent: false,
      ...isTooLarge,
      status,
      letter: letterOf({ status }),
    };
  }
  const {
    code = 0,
    error_subcode: subcode,
    is_transient: transient = false,
    error_data: data,
    fbtrace_id: traceId,
    error_user_title: title,
    error_user_msg: text,
    message,
  } = parsed.data.error;
  // The one case in which only the text tells a missing proof from a bad event.
  const needsAppSecretProof = !transient && (message?.includes('appsecret_proof') ?? false);
  const rule = ruleOf(code, subcode);
  const index = culpritIndex(data);
  return {
    reason: needsAppSecretProof ? graphFailures.graph_app_secret : (rule?.message ?? graphFailures.graph_unknown),
    label: subcode === undefined ? `graph_${code}` : `graph_${code}_${subcode}`,
    aboutEvent: !transient && !needsAppSecretProof && (rule?.aboutEvent ?? false),
    ...(!transient && tokenCodes.has(code) && { aboutCredential: true }),
    ...isTooLarge,
    ...(index !== undefined && { index }),
    ...(traceId !== undefined && { traceId, note: { traceId } }),
    status,
    code,
    ...(subcode !== undefined && { subcode }),
    ...(transient && { transient }),
    ...(needsAppSecretProof && { needsAppSecretProof }),
    letter: letterOf({
      status,
      code,
      ...(subcode !== undefined && { subcode }),
      ...(traceId !== undefined && { traceId }),
      ...readUserTexts(title, text),
    }),
  };
}

/** The code in the catalogue of an answer that is an error. */
function reasonOfAnswer({
  code,
  subcode,
  needsAppSecretProof,
}: Pick<GraphError, 'code' | 'needsAppSecretProof'> & { readonly subcode?: number | undefined }):
  | GraphErrorCode
  | GraphFailureCode {
  if (needsAppSecretProof) return 'graph_app_secret';
  return code === undefined ? 'graph_status' : (graphErrorCode(code, subcode) ?? 'graph_unknown');
}

/** The code of an error in the catalogue of reasons, which says what to do about it. */
export function reasonOfGraphError({ status, label, ...error }: GraphError): GraphErrorCode | GraphFailureCode {
  if (status !== undefined) return reasonOfAnswer(error);
  return Object.hasOwn(graphFailures, label) ? (label as GraphFailureCode) : 'unreachable';
}

/** A request without an answer. @param timeoutMs undefined when the connection failed before that */
export const unanswered = (timeoutMs: number | undefined): GraphError => ({
  reason:
    timeoutMs === undefined ? graphFailures.unreachable : fill(graphFailures.timeout, { seconds: timeoutMs / 1_000 }),
  label: timeoutMs === undefined ? 'unreachable' : 'timeout',
  aboutEvent: false,
  ...(timeoutMs !== undefined && { isTooLarge: true }),
  letter: letterOf({}),
});

/** A token that its secret does not give. @param reason names the secret, never what it holds */
export const tokenUnavailable = (reason: string): GraphError => ({
  reason,
  label: 'token_unavailable',
  aboutEvent: false,
  aboutCredential: true,
  letter: letterOf({}),
});

/** Of Meta's own texts, which may quote what was sent, only a dead letter keeps what is for people. */
const letterOf = (graph: NonNullable<ServiceError['letter']['graph']>): ServiceError['letter'] => ({
  code: 'meta_rejected',
  fix: letters.meta_rejected.fix,
  graph,
});

const mostTextCharacters = 300;

/** Guarded before they are cut: half an address would not be found. */
function readUserTexts(title: string | undefined, text: string | undefined): UserTexts {
  if (title === undefined && text === undefined) return {};
  const { value } = guardCustomData({ title, text }, 'remove', true);
  const [userTitle, userMessage] = [cutText(value['title']), cutText(value['text'])];
  return { ...(userTitle !== undefined && { userTitle }), ...(userMessage !== undefined && { userMessage }) };
}

function cutText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  return text.length <= mostTextCharacters ? text : `${text.slice(0, mostTextCharacters - 1).toWellFormed()}…`;
}

/** The Offline API put `event_index` into `error_data`, as an object or as JSON text. */
function culpritIndex(data: unknown): number | undefined {
  const parsed = typeof data === 'string' ? jsonOrNothing(data) : data;
  const found = z.object({ event_index: z.int().check(z.nonnegative()) }).safeParse(parsed);
  return found.success ? found.data.event_index : undefined;
}
