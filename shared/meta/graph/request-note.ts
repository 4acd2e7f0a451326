import type { RequestNote } from '../../queue/destination.ts';
import { guardCustomData } from '../privacy/personal-data.ts';

interface Facts {
  readonly traceId: string | undefined;
  /** `messages` of an accepted request. */
  readonly messages?: readonly unknown[] | undefined;
  readonly version: string;
  readonly headers: Pick<Headers, 'get'>;
}

const mostMessages = 3;
const mostCharacters = 200;

/** Facts of an answered request that a report may show, Meta's messages without what they may quote of an event. */
export function readNote({ traceId, messages = [], version, headers }: Facts): RequestNote {
  const said = messages.slice(0, mostMessages).flatMap(withoutQuotes);
  const warning = headers.get('x-ad-api-version-warning');
  return {
    version,
    ...(traceId !== undefined && { traceId }),
    ...(said.length > 0 && { messages: said }),
    ...(warning !== null && { versionWarning: warning.slice(0, mostCharacters) }),
  };
}

/** Whatever stands in quotation marks may be a value of the event, a name for example, that no rule would find. */
const quoted = /"[^"]*"?|“[^”]*”?|(?<!\w)'[^']*'?/g;

function withoutQuotes(message: unknown): string[] {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  if (text === undefined) return [];
  const kept = typeof message === 'string' ? text.replace(quoted, '"…"') : '(not text)';
  const { value } = guardCustomData({ kept }, 'remove', true);
  return typeof value['kept'] === 'string' ? [value['kept'].slice(0, mostCharacters).toWellFormed()] : [];
}
