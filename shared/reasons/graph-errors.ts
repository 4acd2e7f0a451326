import { problems } from './problems.ts';
import type { ReasonRows } from './reason.ts';

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

const refused = { message: 'Meta refused the event.', fix: event };
const unknown = { message: 'Meta had an unknown error.', fix: wait };

/**
 * Errors of the Graph API by `graph_<code>` or `graph_<code>_<subcode>`, and of whole ranges of codes. The fixes are for whoever tries a token, reads datasets or sends a test event; the pipeline itself acts by
 * `meta/graph/graph-error.ts`.
 *
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export const graphErrors = {
  graph_1: unknown,
  graph_2: { message: 'Meta is temporarily unavailable.', fix: wait },
  graph_3: { message: 'The app may not call this method.', fix: permission },
  graph_4: { message: 'The app has reached its request limit.', fix: wait },
  graph_10: { message: 'A permission is missing or was revoked.', fix: permission },
  graph_17: { message: 'The user has reached the request limit.', fix: wait },
  graph_32: { message: 'The page has reached its request limit.', fix: wait },
  graph_100: { message: 'A parameter is not valid.', fix: version },
  graph_100_33: { message: 'The dataset does not exist or the token may not use it.', fix: dataset },
  graph_100_34: { message: 'The path of the request is wrong.', fix: version },
  graph_100_38: { message: 'The request is not supported for this object.', fix: version },
  graph_100_1815356: { message: 'An element of the request is not valid.', fix: event },
  graph_100_2804001: refused,
  graph_100_2804003: { message: 'The event is older than Meta takes.', fix: problems.event_too_old.fix },
  graph_100_2804007: refused,
  graph_100_2804009: { message: 'A purchase has no value.', fix: problems.field_missing.fix },
  graph_100_2804016: refused,
  graph_100_2804017: refused,
  graph_100_2804019: refused,
  graph_100_2804036: { message: 'The lead id is not valid.', fix: event },
  graph_100_2804043: { message: 'An app event has no OS version.', fix: problems.app_data_incomplete.fix },
  graph_100_2804048: refused,
  graph_100_2804050: {
    message: 'The event has too little customer information.',
    fix: problems.user_data_insufficient.fix,
  },
  graph_100_2804066: { message: 'The event name is not allowed for messaging.', fix: event },
  graph_100_2804072: { message: 'The page does not belong to the click id.', fix: event },
  graph_100_2804087: { message: 'The click-to-WhatsApp id is not valid.', fix: event },
  graph_102: { message: 'The session of the token ended.', fix: token },
  graph_104: { message: 'The app secret proof is missing or wrong.', fix: appSecret },
  graph_105: { message: 'The request has too many parameters.', fix: event },
  graph_190: { message: 'The token is not valid any more.', fix: token },
  graph_341: { message: 'The app has reached a limit.', fix: wait },
  graph_368: { message: 'Meta blocked the sender for a while.', fix: wait },
  graph_506: { message: 'Meta takes the event for a duplicate.', fix: event },
  graph_613: { message: 'A rate limit was reached.', fix: wait },
  graph_803: { message: 'The dataset id is not known.', fix: dataset },
  graph_2635: { message: 'The Graph API version has expired.', fix: version },
  graph_5000: unknown,
  graph_21009: { message: 'The dataset is temporarily not ready.', fix: wait },
  /** 200 to 299. */
  graph_permission: { message: 'The token lacks a permission.', fix: permission },
  /** 80000 to 80014. */
  graph_business_limit: { message: 'A business use case limit was reached.', fix: wait },
} as const satisfies ReasonRows;

export type GraphErrorCode = keyof typeof graphErrors;

/** Requests to the Graph API whose answer has no code that is known, or that had no answer. */
export const graphFailures = {
  /** Told by its text alone, under codes of other errors. */
  graph_app_secret: { message: 'The app requires an app secret proof.', fix: appSecret },
  graph_unknown: { message: 'Meta answered with an error that is not known.', fix: wait },
  graph_status: { message: 'Meta answered with HTTP status {status} and no error code.', fix: wait },
  graph_unreadable: { message: 'Meta answered in an unknown form.', fix: wait },
  timeout: { message: 'Meta did not answer within {seconds} seconds.', fix: wait },
  token_unavailable: { message: 'The secret {secret} could not be read, or holds no token.', fix: token },
  unreachable: {
    message: 'Meta could not be reached.',
    fix: 'Check the network and a proxy between here and Meta, then try again.',
    cases: { origin: { message: '{origin} could not be reached.' } },
  },
} as const satisfies ReasonRows;

export type GraphFailureCode = keyof typeof graphFailures;

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
