import { assumed, type Evidence, from } from './evidence.ts';

/** Why a request is answered with an error. */
export interface StandInError {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  /** Graph's short text, the same for many causes. */
  readonly message: string;
  /** Fault in words. Never says which event it was, since Meta does not either. */
  readonly means: string;
  /** `OAuthException` if left out: Graph says so of nearly everything. */
  readonly type?: 'GraphMethodException';
  /** Whether Graph says that the same request may succeed later. */
  readonly transient?: true;
}

export type KnownError = StandInError & Evidence;

export const invalidParameter = (means: string, subcode?: number): StandInError => ({
  status: 400,
  code: 100,
  ...(subcode !== undefined && { subcode }),
  message: 'Invalid parameter',
  means,
});

const knownError = (
  status: number,
  code: number,
  message: string,
  means: string,
  evidence: Evidence,
  more: Pick<StandInError, 'subcode' | 'type'> = {},
): KnownError => ({ status, code, message, means, ...more, ...evidence });

const noSuchObject = { subcode: 33, type: 'GraphMethodException' } as const;
const unsupported = (method: string): string =>
  `Unsupported ${method} request. Object with this ID does not exist, cannot be loaded due to missing permissions, or does not support this operation`;

/** Errors that are answered before any event is looked at. */
export const standInErrors = {
  unknownPath: knownError(
    404,
    2500,
    'Unknown path components',
    'There is no such path here. Events go to /v{version}/{dataset id}/events.',
    assumed('general Graph API behaviour, not confirmed for this edge'),
  ),
  wrongMethod: knownError(
    400,
    100,
    unsupported('get'),
    'The events edge takes POST only.',
    from('eventsEdge', 'code and subcode are those of Handling Errors for an operation that is not supported'),
    noSuchObject,
  ),
  noToken: knownError(
    401,
    104,
    'An access token is required to request this resource.',
    'No access token was sent.',
    assumed('general Graph API behaviour, not confirmed'),
  ),
  malformedToken: knownError(
    401,
    190,
    'Invalid OAuth access token - Cannot parse access token',
    'The access token has characters that none has.',
    from('errorHandling', 'text and status are from public records of answers'),
  ),
  wrongToken: knownError(
    400,
    190,
    'Invalid OAuth access token',
    'The access token is not the one expected.',
    from('errorHandling'),
  ),
  expiredToken: knownError(
    400,
    190,
    'Error validating access token: Session has expired',
    'The access token has expired.',
    from('errorHandling'),
    { subcode: 463 },
  ),
  proofMissing: knownError(
    400,
    100,
    'API calls from the server require an appsecret_proof argument',
    'The app requires an appsecret_proof, and none was sent.',
    from('securing', 'the text is from public records of answers, the code is assumed'),
    { type: 'GraphMethodException' },
  ),
  proofWrong: knownError(
    400,
    100,
    'Invalid appsecret_proof provided in the API argument',
    'appsecret_proof is not the HMAC of the access token under the app secret.',
    from('securing', 'the text is from public records of answers, the code is assumed'),
    { type: 'GraphMethodException' },
  ),
  mayNotSend: knownError(
    403,
    294,
    'Managing advertisements requires an access token with the extended permission ads_management',
    'The token has neither ads_management nor business_management.',
    from('endToEnd', 'the page names the permissions; which code of 200 to 299 comes is assumed'),
  ),
  mayNotRead: knownError(
    400,
    200,
    'Permissions error',
    'The token lacks the permission for this.',
    from('businessPixels', 'that a missing scope is what gives it is assumed'),
  ),
  unknownAlias: knownError(
    404,
    803,
    'Some of the aliases you requested do not exist',
    'An id is all digits.',
    assumed('general Graph API behaviour, not confirmed for this edge'),
  ),
  unknownDataset: knownError(
    400,
    100,
    unsupported('post'),
    'There is no dataset with this id that the token reaches.',
    from('errorHandling'),
    noSuchObject,
  ),
  unknownObject: knownError(
    400,
    100,
    unsupported('get'),
    'There is no object with this id that the token reaches.',
    from('errorHandling'),
    noSuchObject,
  ),
  unknownEdge: knownError(
    400,
    100,
    'Tried accessing nonexisting field',
    'The object has no such edge here.',
    assumed('general Graph API behaviour, not confirmed'),
  ),
  fieldsUnreadable: knownError(
    400,
    2500,
    'Syntax error in fields',
    'fields is a list of names with commas between them; those of an object stand in braces.',
    assumed('general Graph API behaviour, not confirmed'),
  ),
  cursorInvalid: knownError(
    400,
    100,
    'Invalid cursors values',
    'after and before take cursors of this very list.',
    assumed('general Graph API behaviour, not confirmed'),
  ),
  limitInvalid: knownError(
    400,
    100,
    'Invalid parameter',
    'limit is a whole number from 1.',
    assumed('a limit must be a number'),
  ),
  inputTokenMissing: knownError(400, 100, 'Invalid parameter', 'input_token is required.', from('debugToken')),
  tooManyCalls: knownError(
    400,
    80004,
    'There have been too many calls to this ad-account. Wait a bit and try again.',
    'The calls of an hour are used up.',
    from('rateLimiting', 'that calls to the events edge count as ads management is assumed'),
    { subcode: 2446079 },
  ),
  tooLarge: knownError(
    413,
    100,
    'Request entity too large',
    'A body has at most 10 MB.',
    assumed('Meta documents no limit in bytes'),
  ),
  compressed: {
    ...invalidParameter('A compressed body is not read.'),
    ...assumed('Meta does not say that it reads one'),
  },
  contentType: {
    ...invalidParameter('The content type is neither JSON nor a form.'),
    ...assumed('these are the documented ones'),
  },
  unreadable: {
    ...invalidParameter('The body is not the JSON object, or not the form, that its content type says.'),
    ...from('usingTheApi'),
  },
  noData: {
    ...invalidParameter('data is not a list of at least one event.'),
    ...from('mainBody'),
  },
  tooManyEvents: {
    ...invalidParameter('data has more than 1000 events.'),
    ...from('usingTheApi', 'the subcode is not public'),
  },
  bug: knownError(
    500,
    1,
    'An unknown error occurred',
    'The stand-in failed. This is a bug of its own.',
    from('errorHandling'),
  ),
} as const satisfies Readonly<Record<string, KnownError>>;

/** The body of an error, in Graph's shape. @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
export const errorBody = ({ code, subcode, message, means, type, transient }: StandInError, traceId: string) => ({
  error: {
    message,
    type: type ?? 'OAuthException',
    code,
    ...(subcode !== undefined && { error_subcode: subcode }),
    is_transient: transient ?? false,
    error_user_title: message,
    error_user_msg: means,
    fbtrace_id: traceId,
  },
});
