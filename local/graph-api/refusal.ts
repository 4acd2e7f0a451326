/** Why a request is answered with an error. */
export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  /** Graph's short text, the same for many causes. */
  readonly message: string;
  /** What was wrong. Never says which event it was, since Meta does not either. */
  readonly means: string;
}

export const invalidParameter = (means: string, subcode?: number): Refusal => ({
  status: 400,
  code: 100,
  ...(subcode !== undefined && { subcode }),
  message: 'Invalid parameter',
  means,
});

const refusal = (status: number, code: number, message: string, means: string, subcode?: number): Refusal => ({
  status,
  code,
  ...(subcode !== undefined && { subcode }),
  message,
  means,
});

/** What is refused before any event is looked at. @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
export const refusals = {
  unknownPath: refusal(404, 2500, 'Unknown path components', 'The only path here is /v{version}/{dataset id}/events.'),
  wrongMethod: refusal(400, 100, 'Unsupported get request', 'The events edge takes POST only.', 33),
  noToken: refusal(401, 104, 'An access token is required to request this resource.', 'No access token was sent.'),
  wrongToken: refusal(400, 190, 'Invalid OAuth access token', 'The access token is not the one expected.'),
  unknownAlias: refusal(404, 803, 'Some of the aliases you requested do not exist', 'A dataset id is all digits.'),
  unknownDataset: refusal(400, 100, 'Unsupported post request', 'There can be no dataset with this id.', 33),
  tooLarge: refusal(413, 100, 'Request entity too large', 'A body has at most 10 MB.'),
  compressed: invalidParameter('A compressed body is not read.'),
  unreadable: invalidParameter('The body is neither JSON nor a form.'),
  bug: refusal(500, 1, 'An unknown error occurred', 'The stand-in failed. This is a bug of its own.'),
} as const satisfies Record<string, Refusal>;

/** The body of an error, in Graph's shape. */
export const errorBody = ({ code, subcode, message, means }: Refusal, traceId: string) => ({
  error: {
    message,
    type: 'OAuthException',
    code,
    ...(subcode !== undefined && { error_subcode: subcode }),
    is_transient: false,
    error_user_title: message,
    error_user_msg: means,
    fbtrace_id: traceId,
  },
});
