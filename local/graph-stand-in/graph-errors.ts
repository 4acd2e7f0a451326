import { assumed, type Evidence, from } from './evidence.ts';
import { invalidParameter, type KnownError, type StandInError, standInErrors } from './stand-in-error.ts';

const error = (
  code: number,
  subcode: number | undefined,
  means: string,
  evidence: Evidence,
  { status = 400, transient = false, message = means }: { status?: number; transient?: boolean; message?: string } = {},
): KnownError => ({
  status,
  code,
  ...(subcode !== undefined && { subcode }),
  message,
  means,
  ...(transient && { transient }),
  ...evidence,
});

const onePublicBody = assumed('one public record of an answer');
const handling = from('errorHandling');
const ofAnotherSender = assumed('another sender takes it for permanent; what it means is not public');
const limit = (code: number, subcode: number | undefined, means: string, evidence: Evidence = from('rateLimiting')) =>
  error(code, subcode, means, evidence);
const event = (subcode: number, means: string, evidence: Evidence): KnownError => ({
  ...invalidParameter(means, subcode),
  ...evidence,
});
const token = (subcode: number, means: string) =>
  error(190, subcode, means, handling, { message: 'Error validating access token' });

/** Every error of the Graph API that can be asked for, whether the stand-in gives it by itself or not. */
const list: readonly KnownError[] = [
  error(1, undefined, 'An unknown error occurred.', handling, { status: 500 }),
  error(1, 99, 'An unknown error occurred.', ofAnotherSender, { status: 500 }),
  error(2, undefined, 'Service temporarily unavailable.', handling, { status: 500, transient: true }),
  error(3, undefined, 'The app may not call this method.', handling),
  limit(4, undefined, 'Application request limit reached.'),
  limit(4, 1504022, 'There have been too many calls from this app.'),
  limit(4, 1504039, 'There have been too many calls from this app.'),
  error(10, undefined, 'A permission is missing or was revoked.', handling, { status: 403 }),
  limit(17, undefined, 'User request limit reached.'),
  limit(17, 2446079, 'User request limit reached.'),
  limit(32, undefined, 'Page request limit reached.'),
  { ...invalidParameter('A parameter is not valid.'), ...handling },
  standInErrors.unknownDataset,
  error(100, 34, 'The path is wrong.', ofAnotherSender),
  error(100, 38, 'The object does not support the request.', ofAnotherSender),
  event(1815356, 'An element of data is not valid.', assumed('the Offline Conversions API gave it')),
  ...[2804001, 2804007, 2804016, 2804017, 2804019, 2804048].map((subcode) =>
    event(subcode, 'An event is not valid.', ofAnotherSender),
  ),
  event(2804003, 'event_time is too long ago.', from('serverEvent')),
  event(2804009, 'A Purchase has no value.', from('customData')),
  event(2804036, 'lead_id is not valid.', from('leads')),
  event(2804043, 'The OS version in app_data.extinfo is missing.', from('appEvents')),
  event(2804050, 'user_data holds too little to find a person by.', from('version13')),
  event(2804066, 'The event name is not allowed for messaging.', from('businessMessaging')),
  event(2804072, 'The page does not belong to ctwa_clid.', onePublicBody),
  event(2804087, 'ctwa_clid is not valid.', onePublicBody),
  error(102, undefined, 'The session has ended.', handling),
  error(104, undefined, 'Incorrect signature.', from('businessPixels')),
  error(105, undefined, 'The request has too many parameters.', ofAnotherSender),
  standInErrors.wrongToken,
  token(452, 'The session does not match the current one.'),
  token(458, 'The app is not installed any more.'),
  token(459, 'The user has to log in and pass a checkpoint.'),
  token(460, 'The password was changed.'),
  standInErrors.expiredToken,
  token(464, 'The user is not confirmed.'),
  token(467, 'The token is not valid any more.'),
  token(492, 'The session is not valid.'),
  error(200, undefined, 'A permission is missing or was revoked.', handling, { status: 403 }),
  error(270, undefined, 'The app has development access only.', from('businessPixels')),
  standInErrors.mayNotSend,
  limit(341, undefined, 'Application limit reached.', handling),
  error(368, undefined, 'Temporarily blocked for violating a policy.', handling),
  error(368, 1390008, 'Temporarily blocked: the feature was used too fast.', onePublicBody),
  error(506, undefined, 'Duplicate post.', handling),
  limit(613, undefined, 'Calls to this API have exceeded the rate limit.'),
  limit(613, 1487742, 'There have been too many calls from this ad account.'),
  limit(613, 5044001, 'There have been too many calls from this ad account.'),
  standInErrors.unknownAlias,
  error(2635, undefined, 'The version of the API is deprecated.', handling),
  error(5000, undefined, 'Unknown error.', ofAnotherSender, { status: 500 }),
  error(21009, undefined, 'The dataset is not ready for uploads.', onePublicBody, { status: 500 }),
  limit(80000, undefined, 'There have been too many calls for insights.'),
  limit(80003, undefined, 'There have been too many calls for audiences.'),
  standInErrors.tooManyCalls,
  limit(80014, undefined, 'There have been too many calls in a batch.'),
  error(-1, undefined, 'Unknown error.', assumed('a code that no page has'), { status: 500 }),
];

/** `graph_190_463`, or `graph_1` without a subcode: as the pipeline names its reasons. */
export const errorName = ({ code, subcode }: Pick<StandInError, 'code' | 'subcode'>): string =>
  ['graph', code, subcode].filter((part) => part !== undefined).join('_');

export const graphErrors: ReadonlyMap<string, KnownError> = new Map(list.map((each) => [errorName(each), each]));

/** Names that are easier to remember. */
export const errorAliases = {
  throttled: 'graph_80004_2446079',
  app_throttled: 'graph_4',
  user_throttled: 'graph_17_2446079',
  unavailable: 'graph_2',
  unknown_error: 'graph_1',
  token_expired: 'graph_190_463',
  token_invalid: 'graph_190',
  permission_missing: 'graph_10',
  dataset_missing: 'graph_100_33',
  invalid_parameter: 'graph_100',
  version_deprecated: 'graph_2635',
  blocked: 'graph_368',
} as const satisfies Readonly<Record<string, string>>;
