import * as z from 'zod';
import { jsonOrNothing } from '../../lib/json/json-or-nothing.ts';
import { once } from '../../lib/lazy.ts';
import { guardCustomData } from '../privacy/personal-data.ts';

/**
 * What a refusal asks for.
 *
 * - `reject`: an event in the request is bad and always will be
 * - `retry`: try the same request again, later
 * - `throttle`: the same, but not soon
 * - `defer`: not refused at all, but told to wait before the first try
 * - `hold`: a person has to change the token, a permission, the dataset or the configuration; the events wait
 */
export type Remedy = 'reject' | 'retry' | 'throttle' | 'defer' | 'hold';

interface Rule {
  readonly code: number;
  readonly subcode?: number;
  readonly remedy: Remedy;
  readonly means: string;
  /** Meta names a fault of the event itself, so even a batch refused to the last event is no wrong setting. */
  readonly aboutEvent?: true;
}

const bad = (subcode: number, means: string): Rule => ({
  code: 100,
  subcode,
  remedy: 'reject',
  means,
  aboutEvent: true,
});
const held = (code: number, means: string, subcode?: number): Rule => ({
  code,
  ...(subcode !== undefined && { subcode }),
  remedy: 'hold',
  means,
});
const later = (code: number, means: string): Rule => ({ code, remedy: 'retry', means });
const limited = (code: number, means: string): Rule => ({ code, remedy: 'throttle', means });

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
  { code: 100, remedy: 'reject', means: 'A parameter is not valid.' },
  { code: 105, remedy: 'reject', means: 'The request has too many parameters.' },
  { code: 506, remedy: 'reject', means: 'Meta takes the event for a duplicate.', aboutEvent: true },
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

const errorBody = once(() =>
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

/** What Meta tells a person about a refusal, translated at its liking. */
export interface UserTexts {
  readonly userTitle?: string;
  readonly userMessage?: string;
}

/** A refused request. Of Meta's own texts, which may quote what was sent, only a dead letter keeps what is for people. */
export interface Refusal {
  readonly remedy: Remedy;
  readonly reason: string;
  readonly aboutEvent: boolean;
  readonly status?: number;
  readonly code?: number;
  readonly subcode?: number;
  readonly traceId?: string;
  /** Without email addresses and phone numbers; other values of the event may be in them: never for a log. */
  readonly userTexts?: UserTexts;
  /** Place of the bad event in the request, if Meta names one. */
  readonly index?: number;
  /** Meta's wish, from `Retry-After` or the usage headers. */
  readonly retryAfterSeconds?: number;
}

/** Where the status is all there is. A request that is too large gets through in parts. */
const remedies: Readonly<Record<number, Remedy>> = { 413: 'reject', 429: 'throttle' };

/** Reads an answer outside 2xx. What is no Graph error at all (HTML from a proxy, broken JSON) is worth another try. */
export function readRefusal(status: number, body: string): Refusal {
  const parsed = errorBody().safeParse(jsonOrNothing(body));
  if (!parsed.success || parsed.data.error.code === undefined) {
    const remedy = remedies[status] ?? 'retry';
    return { remedy, reason: `Meta answered with HTTP status ${status} and no error code.`, aboutEvent: false, status };
  }
  const {
    code = 0,
    error_subcode: subcode,
    is_transient: transient,
    error_data: data,
    fbtrace_id: traceId,
    error_user_title: title,
    error_user_msg: text,
    message,
  } = parsed.data.error;
  const userTexts = readUserTexts(title, text);
  const index = culpritIndex(data);
  const facts = {
    status,
    code,
    ...(subcode !== undefined && { subcode }),
    ...(traceId !== undefined && { traceId }),
    ...(userTexts && { userTexts }),
    ...(index !== undefined && { index }),
  };
  const rule = findRule(code, subcode);
  const reason = rule?.means ?? 'Meta answered with an error that is not known.';
  if (transient)
    return { remedy: rule?.remedy === 'throttle' ? 'throttle' : 'retry', reason, aboutEvent: false, ...facts };
  // The one case in which only the text tells a missing proof from a bad event.
  if (message?.includes('appsecret_proof'))
    return { remedy: 'hold', reason: 'The app requires an app secret proof.', aboutEvent: false, ...facts };
  return { remedy: rule?.remedy ?? 'retry', reason, aboutEvent: rule?.aboutEvent ?? false, ...facts };
}

const mostTextCharacters = 300;

/** Guarded before they are cut: half an address would not be found. */
function readUserTexts(title: string | undefined, text: string | undefined): UserTexts | undefined {
  const { value } = guardCustomData({ title, text }, 'remove', true);
  const [userTitle, userMessage] = [cutText(value['title']), cutText(value['text'])];
  if (userTitle === undefined && userMessage === undefined) return undefined;
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
