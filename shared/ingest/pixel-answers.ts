import { renewedIds } from '../segment/renewed-ids.ts';
import type { Answer } from './answers.ts';
import type { IngestRequest, PixelScript } from './request.ts';

/**
 * The script for pages: kept for an hour, and asked for again under its ETag. Pages of every origin may load it with an
 * integrity attribute.
 */
export function script({ text, gzip, etag }: PixelScript, { headers }: IngestRequest): Answer {
  const common = {
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    etag,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'accept-encoding',
  };
  if (headers['if-none-match']?.split(/,\s*/).some((tag) => tag.replace(/^W\//, '') === etag)) {
    return { status: 304, headers: common, body: '' };
  }
  const typed = { ...common, 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return /\bgzip\b/.test(headers['accept-encoding'] ?? '')
    ? { status: 200, headers: { ...typed, 'content-encoding': 'gzip' }, body: gzip, isBase64: true }
    : { status: 200, headers: typed, body: text };
}

/**
 * Meta's cookies once more, for a page of the endpoint's site.
 *
 * @param given `{ fbp, fbc }` from the page
 * @param host of the endpoint as clients know it
 */
export function ids({ headers }: IngestRequest, given: unknown, host: string): Answer {
  // A proxy asks under another name than the page did: of the names that this may have, one is of the page's site.
  const names = [headers['x-forwarded-host'], headers['host'], host];
  const cookies = names.map((name) => renewedIds(headers, given, name)).find(({ length }) => length > 0) ?? [];
  return {
    status: 204,
    headers: { 'cache-control': 'no-store' },
    ...(cookies.length > 0 && { cookies }),
    body: '',
  };
}
