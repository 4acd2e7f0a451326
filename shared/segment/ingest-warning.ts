import { bodyNotJson, type IngestWarningCode, memberLeftOut, timestampUnreadable } from '../reasons/ingest-warnings.ts';
import { fill } from '../reasons/reason.ts';

/** Warning of what was read otherwise than a request had it, though its events were taken. Quotes nothing of them. */
export interface IngestWarning extends Concern {
  /** Of the event in its batch; none when all of the request is meant. */
  readonly index?: number | undefined;
  readonly messageId?: string | undefined;
}

export interface Concern {
  readonly code: IngestWarningCode;
  /** The member that is meant, e.g. `timestamp`; empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

export function unreadableTime(path: string): Concern {
  const { message, fix, cases } = timestampUnreadable;
  return {
    code: 'timestamp_unreadable',
    path,
    message: path === 'sentAt' ? cases.sentAt.message : fill(message, { name: path }),
    fix: fill(fix, { name: path }),
  };
}

/** @param kind what the member should be */
export function leftOut(path: string, kind: 'text' | 'object'): Concern {
  const row = memberLeftOut;
  const { message, fix } = kind === 'text' ? row.cases.text : row;
  return { code: 'member_left_out', path, message: fill(message, { name: path }), fix: fill(fix, { name: path }) };
}

export const notJson: Concern = /* @__PURE__ */ (() => ({
  code: 'body_not_json',
  path: '',
  ...bodyNotJson,
}))();
