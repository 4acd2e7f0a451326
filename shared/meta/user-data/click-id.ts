import { appendix } from './normalisers/appendix.ts';

// fb.{subdomain index}.{milliseconds}.{click id or random number}, with or without the parameter builder's appendix.
const form = new RegExp(`^fb\\.\\d{1,3}\\.\\d{1,16}\\.[^.\\s]+(?:\\.${appendix})?$`);
const longestId = 4_000;

/** A server that has no cookie to look at says that the cookie's domain has two labels. */
const defaultSubdomainIndex = 1;

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

/**
 * The `fbclid` of a URL or of its query alone, percent-decoded once.
 *
 * @returns undefined when there is none or it is empty
 */
export function clickIdFromUrl(url: string): string | undefined {
  // Most URLs have none, which is quicker to see without a regular expression.
  if (!url.includes('fbclid=')) return undefined;
  const value = /(?:^|[?&])fbclid=([^&#\s]+)/.exec(url)?.[1];
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

/** Whether this is a complete `fbc` value, of four parts or of five with an appendix. */
export const isClickId = (value: string): boolean => value.length <= longestId && form.test(value);

/** Whether this is a complete `fbp` value: the same form, with a random number instead of a click id. */
export const isBrowserId = isClickId;

/**
 * The `fbc` to send for a mapped value: a complete click id, or its parts as
 * `{ fbclid, observed_at_ms, subdomain_index? }`.
 *
 * @returns undefined when the value is neither; a time too small for milliseconds is read as seconds
 */
export function clickIdFromValue(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const trimmed = value.trim();
    return isClickId(trimmed) ? trimmed : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { fbclid, observed_at_ms: seenAt, subdomain_index: index } = value as Record<string, unknown>;
  if (typeof fbclid !== 'string' || typeof seenAt !== 'number') return undefined;
  const milliseconds = seenAt < fewestMilliseconds ? seenAt * 1_000 : seenAt;
  const built = clickId(fbclid, new Date(milliseconds), typeof index === 'number' ? index : defaultSubdomainIndex);
  return isClickId(built) ? built : undefined;
}
