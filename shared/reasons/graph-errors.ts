import type { CodeOf } from './reason.ts';
import { problems } from './problems.ts';

interface GraphErrorRow {
  readonly message: string;
  /** Action of delivery: try again, try again later, give the event up, or wait for a person. */
  readonly action: 'hold' | 'reject' | 'retry' | 'throttle';
  /** Meta names a fault of the event itself, so even a batch refused to the last event is no wrong setting. */
  readonly aboutEvent?: true;
}

const reject = (message: string): GraphErrorRow => ({ message, action: 'reject' });
const bad = (message: string): GraphErrorRow => ({ message, action: 'reject', aboutEvent: true });
const held = (message: string): GraphErrorRow => ({ message, action: 'hold' });
const later = (message: string): GraphErrorRow => ({ message, action: 'retry' });
const limited = (message: string): GraphErrorRow => ({ message, action: 'throttle' });

const refused = bad('Meta refused the event.');
const unknown = later('Meta had an unknown error.');

/**
 * Errors of the Graph API by `graph_<code>` or `graph_<code>_<subcode>`, and of whole ranges of codes.
 *
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export const graphErrors = {
  graph_1: unknown,
  graph_2: later('Meta is temporarily unavailable.'),
  graph_3: held('The app may not call this method.'),
  graph_4: limited('The app has reached its request limit.'),
  graph_10: held('A permission is missing or was revoked.'),
  graph_17: limited('The user has reached the request limit.'),
  graph_32: limited('The page has reached its request limit.'),
  graph_100: reject('A parameter is not valid.'),
  graph_100_33: held('The dataset does not exist or the token may not use it.'),
  graph_100_34: held('The path of the request is wrong.'),
  graph_100_38: held('The request is not supported for this object.'),
  graph_100_1815356: bad('An element of the request is not valid.'),
  graph_100_2804001: refused,
  graph_100_2804003: bad('The event is older than Meta takes.'),
  graph_100_2804007: refused,
  graph_100_2804009: bad('A purchase has no value.'),
  graph_100_2804016: refused,
  graph_100_2804017: refused,
  graph_100_2804019: refused,
  graph_100_2804036: bad('The lead id is not valid.'),
  graph_100_2804043: bad('An app event has no OS version.'),
  graph_100_2804048: refused,
  graph_100_2804050: bad('The event has too little customer information.'),
  graph_100_2804066: bad('The event name is not allowed for messaging.'),
  graph_100_2804072: bad('The page does not belong to the click id.'),
  graph_100_2804087: bad('The click-to-WhatsApp id is not valid.'),
  graph_102: held('The session of the token ended.'),
  graph_104: held('The app secret proof is missing or wrong.'),
  graph_105: reject('The request has too many parameters.'),
  graph_190: held('The token is not valid any more.'),
  graph_341: limited('The app has reached a limit.'),
  graph_368: limited('Meta blocked the sender for a while.'),
  graph_506: bad('Meta takes the event for a duplicate.'),
  graph_613: limited('A rate limit was reached.'),
  graph_803: held('The dataset id is not known.'),
  graph_2635: held('The Graph API version has expired.'),
  graph_5000: unknown,
  graph_21009: later('The dataset is temporarily not ready.'),
  /** 200 to 299. */
  graph_permission: held('The token lacks a permission.'),
  /** 80000 to 80014. */
  graph_business_limit: limited('A business use case limit was reached.'),
};

export type GraphErrorCode = keyof typeof graphErrors;

/** Requests to the Graph API whose answer has no code that is known, or that had no answer. */
export const graphFailures = {
  /** Told by its text alone, under codes of other errors. */
  graph_app_secret: 'The app requires an app secret proof.',
  graph_unknown: 'Meta answered with an error that is not known.',
  graph_status: 'Meta answered with HTTP status {status} and no error code.',
  timeout: 'Meta did not answer within {seconds} seconds.',
  unreachable: 'Meta could not be reached.',
} as const;

export type GraphFailureCode = keyof typeof graphFailures;

/** Messages of commands about reading from the Graph API, and of a token that there is none of. */
export const graphReads = {
  graph_unreadable: 'Meta answered in an unknown form.',
  token_unavailable: 'The secret {secret} could not be read, or holds no token.',
  'unreachable.origin': '{origin} could not be reached.',
} as const;

type GraphReadCode = CodeOf<typeof graphReads>;

const wait = 'Try again in a few minutes.';
const token =
  'Generate a new token for the system user in Business settings, and put it in place with `npm run token:set`.';
const appSecret =
  'Put {"accessToken": "…", "appSecret": "…"} in place with `npm run token:set`; the app secret is that of the app which made the token.';
const dataset =
  'Correct datasetId, or assign the dataset to the system user in Business settings; `npm run datasets` lists what the token reaches.';
const permission =
  'Generate a token with the permissions ads_management and business_management, and put it in place with `npm run token:set`.';
const version = 'Set graphVersion of the destination to a version that Meta supports.';
const event = 'Mend the mapping or the source of the event.';

/** Fixes for whoever tries a token, reads datasets or sends a test event. */
export const graphFixes: Readonly<Record<GraphErrorCode | GraphFailureCode | GraphReadCode, string>> =
  /* @__PURE__ */ (() => ({
    graph_1: wait,
    graph_2: wait,
    graph_3: permission,
    graph_4: wait,
    graph_10: permission,
    graph_17: wait,
    graph_32: wait,
    graph_100: version,
    graph_100_33: dataset,
    graph_100_34: version,
    graph_100_38: version,
    graph_100_1815356: event,
    graph_100_2804001: event,
    graph_100_2804003: problems.event_too_old.fix,
    graph_100_2804007: event,
    graph_100_2804009: problems.field_missing.fix,
    graph_100_2804016: event,
    graph_100_2804017: event,
    graph_100_2804019: event,
    graph_100_2804036: event,
    graph_100_2804043: problems.app_data_incomplete.fix,
    graph_100_2804048: event,
    graph_100_2804050: problems.user_data_insufficient.fix,
    graph_100_2804066: event,
    graph_100_2804072: event,
    graph_100_2804087: event,
    graph_102: token,
    graph_104: appSecret,
    graph_105: event,
    graph_190: token,
    graph_341: wait,
    graph_368: wait,
    graph_506: event,
    graph_613: wait,
    graph_803: dataset,
    graph_2635: version,
    graph_5000: wait,
    graph_21009: wait,
    graph_permission: permission,
    graph_business_limit: wait,
    graph_app_secret: appSecret,
    graph_unknown: wait,
    graph_status: wait,
    graph_unreadable: wait,
    timeout: wait,
    token_unavailable: token,
    unreachable: 'Check the network and a proxy between here and Meta, then try again.',
  }))();

const isKnown = (code: string): code is GraphErrorCode => Object.hasOwn(graphErrors, code);

/** The row of a Graph error: of its code and subcode, else of its code, else of the range that its code lies in. */
export function graphErrorCode(code: number, subcode: number | undefined): GraphErrorCode | undefined {
  const [exact, general] = [`graph_${code}_${subcode}`, `graph_${code}`];
  if (isKnown(exact)) return exact;
  if (isKnown(general)) return general;
  if (code >= 200 && code <= 299) return 'graph_permission';
  if (code >= 80_000 && code <= 80_014) return 'graph_business_limit';
  return undefined;
}
