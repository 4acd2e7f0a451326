import type { ReasonRow } from './reason.ts';
import { rejections } from './rejections.ts';

interface RequestErrorRow extends ReasonRow {
  /** HTTP status of the answer. */
  readonly status: number;
}

/** Why a request is refused as a whole, or cannot be taken now. Its sender reads the row in the answer; nothing of it was queued. */
export const requestErrors = {
  method_not_allowed: {
    status: 405,
    message: 'This path takes {method} requests.',
    fix: 'Send a {method} request.',
  },
  origin_not_allowed: {
    status: 403,
    message: 'Pages of this origin may not send here.',
    fix: 'Add the origin of the page to allowedOrigins of the source in the configuration, or send from a server.',
  },
  path_unknown: {
    status: 404,
    message: 'There is nothing at this path.',
    fix: 'Send events to /v1/batch, or to /v1/track and its siblings.',
    cases: { noScript: { message: 'There is no script here.', fix: 'Bundle the plugin with your page.' } },
  },
  queue_unavailable: {
    status: 503,
    message: 'The events could not be queued.',
    fix: 'Nothing is lost if you send the same request again in {seconds} seconds; libraries do so by themselves.',
  },
  request_invalid: {
    status: 400,
    message: 'The body is not valid JSON.',
    fix: 'Send one JSON document in UTF-8, plain or compressed with gzip; check for a body that was cut off.',
    cases: {
      empty: { message: 'The request has no body.', fix: 'Send the event or batch as a JSON body.' },
      damaged: {
        message: 'The compressed body is damaged.',
        fix: 'Check for a body that was cut off or changed on its way.',
      },
      noBatch: {
        message: 'A batch must be a JSON object with a list named "batch".',
        fix: 'Send {"batch": [{"type": "track", …}]}.',
      },
      tooDeep: {
        message: 'The context or integrations of the batch are nested deeper than {levels} levels.',
        fix: rejections.event_too_deep.fix,
      },
      noData: {
        message: 'The pixel carries no data.',
        fix: 'Send the event as JSON in base64: /v1/pixel/track?data=eyJ3cml0ZUtleSI6….',
      },
    },
  },
  request_too_large: {
    status: 413,
    message: 'The body is larger than {bytes} bytes (4 MB), before or after inflating.',
    fix: 'Send fewer events in a request.',
    cases: {
      events: {
        message: 'The batch has more than {events} events.',
        fix: 'Send at most {events} events in a request.',
      },
      shared: {
        message: 'The context and integrations of the batch are too large for its number of events.',
        fix: 'Send the large members once per event that needs them, or fewer events in a request.',
      },
    },
  },
  unexpected: {
    status: 500,
    message: 'The request could not be handled.',
    fix: 'Send it again; if it fails again, look for "unexpected error" in the log of the ingest function.',
  },
  write_key_unknown: {
    status: 401,
    message: 'The write key is not known here.',
    fix: 'Set the write key of a source in your library, or send it as the user name of HTTP Basic authentication.',
    cases: { none: { message: 'The request carries no write key.' } },
  },
} as const satisfies Readonly<Record<string, RequestErrorRow>>;

/** Codes that a sender can do something about. */
export type InvalidRequestCode = Exclude<keyof typeof requestErrors, 'queue_unavailable' | 'unexpected'>;
