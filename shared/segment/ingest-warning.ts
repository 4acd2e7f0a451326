import { type IngestWarningCode, ingestWarnings } from '../reasons/ingest-warnings.ts';
import { fill } from '../reasons/reason.ts';

/** What of a request was read otherwise than it stood there, though its events were taken. Quotes nothing of them. */
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

const time = ingestWarnings.timestamp_unreadable;

export const unreadableTime = (path: string): Concern => ({
  code: 'timestamp_unreadable',
  path,
  message: path === 'sentAt' ? time.cases.sentAt.message : fill(time.message, { name: path }),
  fix: fill(time.fix, { name: path }),
});

/** @param kind what the member should be */
export function leftOut(path: string, kind: 'text' | 'object'): Concern {
  const row = ingestWarnings.member_left_out;
  const { message, fix } = kind === 'text' ? row.cases.text : row;
  return { code: 'member_left_out', path, message: fill(message, { name: path }), fix: fill(fix, { name: path }) };
}

export const notJson: Concern = { code: 'body_not_json', path: '', ...ingestWarnings.body_not_json };
