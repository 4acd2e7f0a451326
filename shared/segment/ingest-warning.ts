/** Warning of what was read otherwise than a request had it, though its events were taken. Quotes nothing of them. */
export interface IngestWarning extends Concern {
  /** Of the event in its batch; none when all of the request is meant. */
  readonly index?: number | undefined;
  readonly messageId?: string | undefined;
}

export interface Concern {
  readonly code: WarningCode;
  /** The member that is meant, e.g. `timestamp`; empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

export type WarningCode = 'body_not_json' | 'field_left_out' | 'timestamp_unreadable';

export const unreadableTime = (path: string): Concern => ({
  code: 'timestamp_unreadable',
  path,
  message:
    path === 'sentAt'
      ? "sentAt is not a time, so the sender's clock was not corrected."
      : `${path} is not a time, so the time of receipt may have taken its place.`,
  fix: `Send ${path} as ISO 8601 text in UTC, such as "2026-01-31T12:00:00.000Z", or leave it out.`,
});

/** @param kind what the member should be */
export const leftOut = (path: string, kind: 'text' | 'object'): Concern => ({
  code: 'field_left_out',
  path,
  message: `${path} is no ${kind} and was left out.`,
  fix: kind === 'text' ? `Send ${path} as a string.` : `Send ${path} as a JSON object, or leave it out.`,
});

export const notJson: Concern = {
  code: 'body_not_json',
  path: '',
  message:
    'The body held NaN, Infinity, undefined or bare control characters, which JSON does not know; they were read as null or escaped.',
  fix: 'Write the body with a JSON encoder that keeps to RFC 8259 (in Python: json.dumps(…, allow_nan=False)).',
};
