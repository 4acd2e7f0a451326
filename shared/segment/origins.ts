import type { Config } from '../config/config.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Whether an origin is on a source's list: letter by letter; with `https://*.shop.example`, all names below that one; with `*`,
 * every one. Without a list, none.
 */
export function compileOrigins(allowed: readonly string[] = []): (origin: string) => boolean {
  if (allowed.includes('*')) return () => true;
  const exact = new Set(allowed);
  const patterns = allowed
    .filter((each) => each.includes('*'))
    .map((each) => {
      const [start = '', end = ''] = each.split('*', 2);
      return { start, end };
    });
  return (origin) =>
    exact.has(origin) ||
    patterns.some(
      ({ start, end }) =>
        origin.length > start.length + end.length &&
        origin.startsWith(start) &&
        origin.endsWith(end) &&
        /^[a-z0-9._-]+$/i.test(origin.slice(start.length, origin.length - end.length)),
    );
}

/**
 * Answers the browser's question "may this page send here?" for every request that names its origin. A preflight
 * carries no write key, so an origin is good when any source lists it; the request itself is held to its own source.
 *
 * @returns the headers to add to any answer, errors included; none for origins that no source lists
 */
export function originHeaders(config: Config): (origin: string | undefined) => Headers {
  const isAllowed = Object.values(config.sources).map(({ allowedOrigins }) => compileOrigins(allowedOrigins));
  return (origin) => {
    if (origin === undefined || !isAllowed.some((allows) => allows(origin))) return {};
    return {
      'access-control-allow-origin': origin,
      // Libraries can be told to send credentials, which the browser only allows with this and a named origin.
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    };
  };
}

const usualRequestHeaders = 'authorization, content-type, anonymousid, sentat, x-retry-count, x-write-key';

/** Headers of the answer to a preflight: whatever the library asks to send is fine, for a day. */
export const preflightHeaders = (requestedHeaders: string | undefined): Headers => ({
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': safeHeaderList(requestedHeaders) ?? usualRequestHeaders,
  'access-control-max-age': '86400',
});

const safeHeaderList = (text: string | undefined): string | undefined =>
  text !== undefined && /^[A-Za-z0-9 ,_-]{1,1000}$/.test(text) ? text : undefined;
