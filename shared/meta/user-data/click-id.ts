import { appendix } from './normalisers/appendix.ts';
import { isNobodysId } from './normalisers/nobody.ts';

// fb.{subdomain index}.{milliseconds}.{click id or random number}, with or without the parameter builder's appendix.
const form = new RegExp(`^fb\\.[0-2]\\.\\d{13}\\.[A-Za-z0-9_-]+(?:\\.${appendix})?$`);
const bare = /^[A-Za-z0-9_-]+$/;
const longestId = 4_000;
/** Longer texts may be a whole Cookie header. */
const longestText = 16_000;

/** A server that has no cookie to look at says that the cookie's domain has two labels. */
const defaultSubdomainIndex = 1;

/** Meta takes no click that is older. */
const maxClickAgeMs = 90 * 24 * 60 * 60 * 1_000;

/** How far the clock that wrote the cookie may be ahead of the one that dated the event: as far as an event's may be. */
const maxClockSkewMs = 5 * 60 * 1_000;

// A count of seconds would need five thousand years to come this far; one of milliseconds passed it in 1973.
const fewestMilliseconds = 1e11;

/**
 * Meta's click id for a landing page that carried `fbclid`.
 *
 * @param fbclid as it stands in the URL: letter case matters and nothing is cut
 * @param clickedAt when the click was first seen; becomes epoch milliseconds
 * @param subdomainIndex labels of the cookie's domain minus one
 * @returns `fb.1.<milliseconds>.<fbclid>`
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc
 */
export const clickId = (fbclid: string, clickedAt: Date, subdomainIndex: number = defaultSubdomainIndex): string =>
  `fb.${subdomainIndex}.${clickedAt.getTime()}.${fbclid}`;

/** Why an id is left out: Meta refuses the whole event for one that is damaged (subcode 2804001). */
export type IdProblem = 'nobody' | 'malformed' | 'too_old' | 'in_future';

/** An id to send, or why it is left out. `fbclid` is the click that it names, also where it is left out. */
export type IdReading =
  | { readonly id: string; readonly fbclid: string; readonly problem?: never }
  | { readonly problem: IdProblem; readonly fbclid?: string; readonly id?: never };

const malformed: IdReading = { problem: 'malformed' };

/**
 * The `fbc` of a mapped value: a complete click id, alone or in the text of a Cookie header, a bare `fbclid`, or the parts of
 * a click id as `{ fbclid, observed_at_ms, subdomain_index? }`. Blanks and quotes around it are cut.
 *
 * @param occurredAt when the event happened: the time of a click that has none of its own
 * @returns undefined when there is nothing
 */
export function readClickId(raw: unknown, occurredAt: Date): IdReading | undefined {
  if (typeof raw === 'object' && raw !== null) return withinBounds(clickIdFromParts(raw, occurredAt), occurredAt);
  if (typeof raw !== 'string') return undefined;
  const text = bareText(raw, '_fbc');
  if (text === '') return undefined;
  if (isNobodysId(text)) return { problem: 'nobody' };
  return withinBounds(bare.test(text) ? clickId(text, occurredAt) : text, occurredAt);
}

/**
 * The `fbp` of a mapped value: the same form with a random number instead of a click id. However old it is, it names the
 * browser.
 *
 * @returns undefined when there is nothing
 */
export function readBrowserId(raw: unknown): IdReading | undefined {
  if (typeof raw !== 'string') return undefined;
  // Most need no care.
  const whole = partsOf(raw);
  if (whole !== undefined) return { id: raw, fbclid: whole.payload };
  const text = bareText(raw, '_fbp');
  if (text === '') return undefined;
  if (isNobodysId(text)) return { problem: 'nobody' };
  const parts = partsOf(text);
  return parts === undefined ? malformed : { id: text, fbclid: parts.payload };
}

function withinBounds(id: string, occurredAt: Date): IdReading {
  const parts = partsOf(id);
  if (parts === undefined) return malformed;
  const { payload: fbclid, createdAtMs } = parts;
  const age = occurredAt.getTime() - createdAtMs;
  if (age > maxClickAgeMs) return { problem: 'too_old', fbclid };
  return age < -maxClockSkewMs ? { problem: 'in_future', fbclid } : { id, fbclid };
}

// What stands before the click id has the same length in every one.
const timeStart = 'fb.1.'.length;
const payloadStart = 'fb.1.1234567890123.'.length;

function partsOf(id: string): { readonly createdAtMs: number; readonly payload: string } | undefined {
  if (id.length > longestId || !form.test(id)) return undefined;
  const end = id.indexOf('.', payloadStart);
  const payload = id.slice(payloadStart, end === -1 ? undefined : end);
  if (isNobodysId(payload)) return undefined;
  return { createdAtMs: Number(id.slice(timeStart, payloadStart - 1)), payload };
}

/**
 * A click id out of its parts. A time too small for milliseconds is read as seconds; without one the click is as old as the
 * event.
 *
 * @param parts `{ fbclid, observed_at_ms?, subdomain_index? }`
 * @returns text that is well formed when the parts are
 */
export function clickIdFromParts(parts: object, occurredAt: Date): string {
  const {
    fbclid,
    observed_at_ms: seenAt = occurredAt.getTime(),
    subdomain_index: index,
  } = parts as Record<string, unknown>;
  const time = Number(seenAt);
  const milliseconds = time < fewestMilliseconds ? time * 1_000 : time;
  return clickId(
    String(fbclid).trim(),
    new Date(milliseconds),
    typeof index === 'number' ? index : defaultSubdomainIndex,
  );
}

/** @param cookie whose value counts when the text is that of a Cookie header */
function bareText(raw: string, cookie: '_fbc' | '_fbp'): string {
  if (raw.length > longestText) return raw;
  return withoutQuotes((raw.includes('=') ? cookieIn(raw, cookie) : raw).trim());
}

const quotes: ReadonlySet<string> = new Set(['"', "'", '`']);

function withoutQuotes(text: string): string {
  let inner = text;
  while (quotes.has(inner.charAt(0)) || quotes.has(inner.charAt(inner.length - 1))) {
    inner = inner
      .slice(quotes.has(inner.charAt(0)) ? 1 : 0, quotes.has(inner.charAt(inner.length - 1)) ? -1 : undefined)
      .trim();
  }
  return inner;
}

function cookieIn(header: string, name: string): string {
  const found = header.split(';').find((pair) => pair.trimStart().startsWith(`${name}=`));
  return found === undefined ? header : found.slice(found.indexOf('=') + 1);
}

/**
 * The click that a URL or a query names by its `fbclid`, percent-decoded once, without blanks around it.
 *
 * @returns undefined when there is none or it is empty
 */
export function clickInUrl(url: unknown): { readonly fbclid: string } | { readonly problem: IdProblem } | undefined {
  const fbclid = typeof url === 'string' ? clickIdFromUrl(url)?.trim() : undefined;
  if (fbclid === undefined || fbclid === '') return undefined;
  if (isNobodysId(fbclid)) return { problem: 'nobody' };
  return fbclid.length <= longestId && bare.test(fbclid) ? { fbclid } : { problem: 'malformed' };
}

/** The `fbclid` of a URL or of its query alone, percent-decoded once, whatever it looks like. */
export function clickIdFromUrl(url: string): string | undefined {
  // Most URLs have none, which is quicker to see without a regular expression.
  if (!url.includes('fbclid=')) return undefined;
  const value = /(?:^|[?&;])fbclid=([^&#\s]+)/.exec(url)?.[1];
  return value === undefined ? undefined : percentDecoded(value);
}

// Not URLSearchParams, which would also turn a plus sign into a blank.
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
