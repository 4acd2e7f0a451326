import type { Config, SourceConfig } from '../config/config.ts';

type Headers = Readonly<Record<string, string>>;

export const allowsOrigin = ({ allowedOrigins }: Pick<SourceConfig, 'allowedOrigins'>, origin: string): boolean =>
  allowedOrigins?.some((allowed) => allowed === '*' || allowed === origin) ?? false;

/**
 * Answers the browser's question "may this page send here?" for every request that names its origin. A preflight
 * carries no write key, so an origin is good when any source lists it; the request itself is held to its own source.
 *
 * @returns the headers to add to any answer, errors included; none for origins that no source lists
 */
export function originHeaders(config: Config): (origin: string | undefined) => Headers {
  const sources = Object.values(config.sources);
  return (origin) => {
    if (origin === undefined || !sources.some((source) => allowsOrigin(source, origin))) return {};
    return {
      'access-control-allow-origin': origin,
      // Libraries can be told to send credentials, which the browser only allows with this and a named origin.
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    };
  };
}

const usualRequestHeaders = 'authorization, content-type, anonymousid, sentat, x-retry-count';

/** Headers of the answer to a preflight: whatever the library asks to send is fine, for a day. */
export const preflightHeaders = (requestedHeaders: string | undefined): Headers => ({
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': safeHeaderList(requestedHeaders) ?? usualRequestHeaders,
  'access-control-max-age': '86400',
});

const safeHeaderList = (text: string | undefined): string | undefined =>
  text !== undefined && /^[A-Za-z0-9 ,_-]{1,1000}$/.test(text) ? text : undefined;
