import * as z from 'zod';
import type { RetryAction, ServiceError } from '../../queue/destination.ts';
import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import { lazy } from '../../lib/lazy.ts';
import { guardCustomData } from '../privacy/personal-data.ts';

interface Rule {
  readonly code: number;
  readonly subcode?: number;
  readonly action: RetryAction;
  readonly means: string;
  /** Meta names a fault of the event itself, so even a batch refused to the last event is no wrong setting. */
  readonly aboutEvent?: true;
}

const bad = (subcode: number, means: string): Rule => ({
  code: 100,
  subcode,
  action: 'reject',
  means,
  aboutEvent: true,
});
const held = (code: number, means: string, subcode?: number): Rule => ({
  code,
  ...(subcode !== undefined && { subcode }),
  action: 'hold',
  means,
});
const later = (code: number, means: string): Rule => ({ code, action: 'retry', means });
const limited = (code: number, means: string): Rule => ({ code, action: 'throttle', means });

/**
 * Graph API errors, the most specific first. A new one is a line here.
 *
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export const graphErrors: readonly Rule[] = [
  held(100, 'The dataset does not exist or the token may not use it.', 33),
  held(100, 'The path of the request is wrong.', 34),
  held(100, 'The request is not supported for this object.', 38),
  bad(2804001, 'Meta refused the event.'),
  bad(2804003, 'The event is older than Meta takes.'),
  bad(2804007, 'Meta refused the event.'),
  bad(2804009, 'A purchase has no value.'),
  bad(2804016, 'Meta refused the event.'),
  bad(2804017, 'Meta refused the event.'),
  bad(2804019, 'Meta refused the event.'),
  bad(2804036, 'The lead id is not valid.'),
  bad(2804043, 'An app event has no OS version.'),
  bad(2804048, 'Meta refused the event.'),
  bad(2804050, 'The event has too little customer information.'),
  bad(2804066, 'The event name is not allowed for messaging.'),
  bad(2804072, 'The page does not belong to the click id.'),
  bad(2804087, 'The click-to-WhatsApp id is not valid.'),
  bad(1815356, 'An element of the request is not valid.'),
  { code: 100, action: 'reject', means: 'A parameter is not valid.' },
  { code: 105, action: 'reject', means: 'The request has too many parameters.' },
  { code: 506, action: 'reject', means: 'Meta takes the event for a duplicate.', aboutEvent: true },
  later(1, 'Meta had an unknown error.'),
  later(2, 'Meta is temporarily unavailable.'),
  later(5000, 'Meta had an unknown error.'),
  later(21009, 'The dataset is temporarily not ready.'),
  limited(4, 'The app has reached its request limit.'),
  limited(17, 'The user has reached the request limit.'),
  limited(32, 'The page has reached its request limit.'),
  limited(341, 'The app has reached a limit.'),
  limited(368, 'Meta blocked the sender for a while.'),
  limited(613, 'A rate limit was reached.'),
  held(3, 'The app may not call this method.'),
  held(10, 'A permission is missing or was revoked.'),
  held(102, 'The session of the token ended.'),
  held(104, 'The app secret proof is missing or wrong.'),
  held(190, 'The token is not valid any more.'),
  held(803, 'The dataset id is not known.'),
  held(2635, 'The Graph API version has expired.'),
];

const isPermission = (code: number): boolean => code >= 200 && code <= 299;
const isBusinessLimit = (code: number): boolean => code >= 80_000 && code <= 80_014;

/** A member of an unexpected type must not hide the others. */
const ifPresent = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const errorBody = lazy(() =>
  z.object({
    error: z.object({
      message: ifPresent(z.string()),
      code: ifPresent(z.number()),
      error_subcode: ifPresent(z.number()),
      is_transient: ifPresent(z.boolean()),
      error_data: z.unknown().optional(),
      error_user_title: ifPresent(z.string()),
      error_user_msg: ifPresent(z.string()),
      fbtrace_id: ifPresent(z.string()),
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
  const action = findRule(code, subcode)?.action;
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
      reason: `Meta answered with HTTP status ${status} and no error code.`,
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
  const rule = findRule(code, subcode);
  // The one case in which only the text tells a missing proof from a bad event.
  const needsAppSecretProof = !transient && (message?.includes('appsecret_proof') ?? false);
  const means = rule?.means ?? 'Meta answered with an error that is not known.';
  const index = culpritIndex(data);
  return {
    reason: needsAppSecretProof ? 'The app requires an app secret proof.' : means,
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

/** A request without an answer. @param timeoutMs undefined when the connection failed before that */
export const unanswered = (timeoutMs: number | undefined): GraphError => ({
  reason:
    timeoutMs === undefined ? 'Meta could not be reached.' : `Meta did not answer within ${timeoutMs / 1_000} seconds.`,
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
  fix: 'Look the code and subcode up in the operations guide, mend the mapping or the source, then redrive.',
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

function findRule(code: number, subcode: number | undefined): Rule | undefined {
  const exact = graphErrors.find(
    (rule) => rule.code === code && rule.subcode !== undefined && rule.subcode === subcode,
  );
  if (exact) return exact;
  const general = graphErrors.find((rule) => rule.code === code && rule.subcode === undefined);
  if (general) return general;
  if (isPermission(code)) return held(code, 'The token lacks a permission.');
  if (isBusinessLimit(code)) return limited(code, 'A business use case limit was reached.');
  return undefined;
}

/** The Offline API put `event_index` into `error_data`, as an object or as JSON text. */
function culpritIndex(data: unknown): number | undefined {
  const parsed = typeof data === 'string' ? jsonOrNothing(data) : data;
  const found = z.object({ event_index: z.int().nonnegative() }).safeParse(parsed);
  return found.success ? found.data.event_index : undefined;
}
