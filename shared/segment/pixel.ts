import { InvalidRequestError } from './invalid-request-error.ts';
import { requestErrors } from '../reasons/request-errors.ts';

/**
 * Segment's pixel carries an event as JSON in base64, in either alphabet and with or without its padding. What begins as JSON
 * does was not encoded.
 *
 * @throws InvalidRequestError when there is none
 */
export function dataText(data: string | undefined): string {
  if (!data) {
    throw new InvalidRequestError('request_invalid', requestErrors.request_invalid.cases.noData);
  }
  // Some encode it for the URL twice.
  const text = percentDecoded(data.trim());
  if (text.startsWith('{')) return text;
  // A plus sign in a query string stands for a blank.
  return Buffer.from(text.replaceAll(' ', '+'), 'base64').toString('utf8');
}

function percentDecoded(text: string): string {
  if (!/^(?:%7B|[\w+/=-]*%)/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * RudderStack's pixel carries an event in its query string; `context.page.url=…` names a nested member.
 *
 * @returns the event, without the members that are about the request
 */
export function eventFromQuery(query: Readonly<Record<string, string>>): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(query)) {
    if (path === 'writeKey' || path === 'writekey' || path === 'write_key') continue;
    const steps = path.split('.').slice(0, 10);
    if (steps.some((step) => step === '' || step === '__proto__')) continue;
    setAt(event, steps, value);
  }
  return event;
}

function setAt(target: Record<string, unknown>, steps: readonly string[], value: string): void {
  const [step = '', ...rest] = steps;
  if (rest.length === 0) {
    target[step] = value;
    return;
  }
  const next = Object.hasOwn(target, step) ? target[step] : undefined;
  const inner = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {};
  target[step] = inner;
  setAt(inner, rest, value);
}

/** A transparent GIF of one pixel, base64. */
export const transparentGif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
