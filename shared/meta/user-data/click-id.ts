import { appendix } from './normalisers/appendix.ts';
import { isNobodysId } from './normalisers/nobody.ts';

// fb.{subdomain index}.{milliseconds}.{click id or random number}, with or without the parameter builder's appendix.
const form = new RegExp(`^fb\\.[0-2]\\.\\d{13}\\.[A-Za-z0-9_-]+(?:\\.${appendix})?$`);
const bare = /^[A-Za-z0-9_-]+$/;
/** Whether a click id may hold a character, by its code. */
const isBare = new Uint8Array(0x80);
for (let code = 0; code < isBare.length; code++) isBare[code] = bare.test(String.fromCharCode(code)) ? 1 : 0;

// Character codes.
const hash = 35;
const ampersand = 38;
const dot = 46;
const zero = 48;
const two = 50;
const nine = 57;
const questionMark = 63;

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
 * The `fbc` of a mapped value: a complete click id, alone or in the text of a Cookie header, a bare `fbclid`, alone or in a
 * URL, or the parts of a click id as `{ fbclid, observed_at_ms, subdomain_index? }`. Blanks and quotes around it are cut.
 *
 * @param occurredAt when the event happened: the time of a click that has none of its own
 * @returns undefined when there is nothing
 */
export function readClickId(raw: unknown, occurredAt: Date): IdReading | undefined {
  if (typeof raw === 'object' && raw !== null) return withinBounds(clickIdFromParts(raw, occurredAt), occurredAt);
  if (typeof raw !== 'string') return undefined;
  // Most need no care.
  const whole = partsOf(raw);
  if (whole !== undefined) return ofAge(raw, whole, occurredAt);
  // A URL, or its query, where the click id should be.
  const click = clickInUrl(raw);
  if (click !== undefined)
    return 'problem' in click ? click : withinBounds(clickId(click.fbclid, occurredAt), occurredAt);
  const text = bareText(raw, '_fbc');
  if (text === '') return raw.trim() === '' ? undefined : malformed;
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
  if (text === '') return raw.trim() === '' ? undefined : malformed;
  if (isNobodysId(text)) return { problem: 'nobody' };
  const parts = partsOf(text);
  return parts === undefined ? malformed : { id: text, fbclid: parts.payload };
}

function withinBounds(id: string, occurredAt: Date): IdReading {
  const parts = partsOf(id);
  return parts === undefined ? malformed : ofAge(id, parts, occurredAt);
}

function ofAge(id: string, { payload: fbclid, createdAtMs }: Parts, occurredAt: Date): IdReading {
  const age = occurredAt.getTime() - createdAtMs;
  if (age > maxClickAgeMs) return { problem: 'too_old', fbclid };
  return age < -maxClockSkewMs ? { problem: 'in_future', fbclid } : { id, fbclid };
}

// What stands before the click id has the same length in every one.
const timeStart = 'fb.1.'.length;
const payloadStart = 'fb.1.1234567890123.'.length;

interface Parts {
  readonly createdAtMs: number;
  /** A click id or random number. */
  readonly payload: string;
}

const partsOf = (id: string): Parts | undefined => plainParts(id) ?? generalParts(id);

/** Fast twin of {@link generalParts} for an id without an appendix: undefined for any other. */
export function plainParts(id: string): Parts | undefined {
  const subdomainIndex = id.charCodeAt(timeStart - 2);
  if (!id.startsWith('fb.') || subdomainIndex < zero || subdomainIndex > two) return undefined;
  if (id.charCodeAt(timeStart - 1) !== dot || id.charCodeAt(payloadStart - 1) !== dot) return undefined;
  if (id.length <= payloadStart || id.length > longestId) return undefined;
  let createdAtMs = 0;
  for (let index = timeStart; index < payloadStart - 1; index++) {
    const code = id.charCodeAt(index);
    if (code < zero || code > nine) return undefined;
    createdAtMs = createdAtMs * 10 + code - zero;
  }
  for (let index = payloadStart; index < id.length; index++) if (isBare[id.charCodeAt(index)] !== 1) return undefined;
  const payload = id.slice(payloadStart);
  return isNobodysId(payload) ? undefined : { createdAtMs, payload };
}

/** The rule of what an id is made of. */
export function generalParts(id: string): Parts | undefined {
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
export function clickInUrl(url: unknown): ClickInUrl | undefined {
  // Most URLs have none, which is quicker to see without a regular expression.
  if (typeof url !== 'string' || !url.includes(parameter)) return undefined;
  return plainClickInUrl(url) ?? generalClickInUrl(url);
}

type ClickInUrl = { readonly fbclid: string } | { readonly problem: IdProblem };

const parameter = 'fbclid=';

/** Fast twin of {@link generalClickInUrl} for an id that is well formed: undefined for any other, and for none. */
export function plainClickInUrl(url: string): ClickInUrl | undefined {
  const at = url.indexOf(parameter);
  const before = url.charCodeAt(at - 1);
  if (at === -1 || (at > 0 && before !== questionMark && before !== ampersand)) return undefined;
  const start = at + parameter.length;
  let end = start;
  while (end < url.length && isBare[url.charCodeAt(end)] === 1) end++;
  const next = url.charCodeAt(end);
  if (end === start || end - start > longestId || (end < url.length && next !== ampersand && next !== hash)) {
    return undefined;
  }
  const fbclid = url.slice(start, end);
  return isNobodysId(fbclid) ? undefined : { fbclid };
}

/**
 * Whether a URL plainly names this click, which is quicker to see than which one it names.
 *
 * @param fbclid of a well-formed id
 * @returns false where it takes a closer look
 */
export function namesClick(url: unknown, fbclid: string): boolean {
  if (typeof url !== 'string') return false;
  const at = url.indexOf(parameter);
  if (at === -1 || !url.startsWith(fbclid, at + parameter.length)) return false;
  const before = at === 0 ? ampersand : url.charCodeAt(at - 1);
  const end = at + parameter.length + fbclid.length;
  const next = end === url.length ? ampersand : url.charCodeAt(end);
  return (before === questionMark || before === ampersand) && (next === ampersand || next === hash);
}

/** A plus sign in a query stands for a blank. */
const blanksAround = /^[\s+]+|[\s+]+$/g;

/** The rule of {@link clickInUrl}. */
export function generalClickInUrl(url: string): ClickInUrl | undefined {
  const fbclid = clickIdFromUrl(url)?.replace(blanksAround, '');
  if (fbclid === undefined || fbclid === '') return undefined;
  if (isNobodysId(fbclid)) return { problem: 'nobody' };
  return fbclid.length <= longestId && bare.test(fbclid) ? { fbclid } : { problem: 'malformed' };
}

/** The `fbclid` of a URL or of its query alone, percent-decoded once, whatever it looks like. */
export function clickIdFromUrl(url: string): string | undefined {
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
