import type { ReasonRow } from './reason.ts';

// A constant for each: delivery's bundle checks redriven events, and never a body.
export const bodyNotJson = {
  message:
    'The body held NaN, Infinity, undefined or bare control characters, which JSON does not know; they were read as null or escaped.',
  fix: 'Write the body with a JSON encoder that keeps to RFC 8259 (in Python: json.dumps(…, allow_nan=False)).',
} as const satisfies ReasonRow;

export const memberLeftOut = {
  message: '{name} is no object and was left out.',
  fix: 'Send {name} as a JSON object, or leave it out.',
  cases: { text: { message: '{name} is no text and was left out.', fix: 'Send {name} as a string.' } },
} as const satisfies ReasonRow;

export const timestampUnreadable = {
  message: '{name} is not a time, so the time of receipt may have taken its place.',
  fix: 'Send {name} as ISO 8601 text in UTC, such as "2026-01-31T12:00:00.000Z", or leave it out.',
  cases: { sentAt: { message: "sentAt is not a time, so the sender's clock was not corrected." } },
} as const satisfies ReasonRow;

/** Parts of a request that were read otherwise than it stood there, though its events were taken. */
export const ingestWarnings = {
  body_not_json: bodyNotJson,
  member_left_out: memberLeftOut,
  timestamp_unreadable: timestampUnreadable,
} as const;

export type IngestWarningCode = keyof typeof ingestWarnings;
