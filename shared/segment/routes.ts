import { type EventType, eventTypes } from './event.ts';

export type Route =
  | { readonly kind: 'batch' /** Sent without headers, by `navigator.sendBeacon`. */; readonly isBeacon?: true }
  /** Without a type where the event itself says it. */
  | { readonly kind: 'event'; readonly type?: EventType }
  /**
   * An event in the query string, answered with an image: member by member as RudderStack has it, or all of it as JSON in
   * `data`, as Segment has it.
   */
  | { readonly kind: 'pixel'; readonly type: EventType; readonly form: 'members' | 'data' }
  /** Browser libraries' own metrics: accepted and dropped. */
  | { readonly kind: 'metrics' }
  | { readonly kind: 'segment-settings'; readonly writeKey: string }
  | { readonly kind: 'rudderstack-settings' }
  /** The script for pages. */
  | { readonly kind: 'pixel-script' }
  /** Cookies to renew, from a page of the endpoint's own site. */
  | { readonly kind: 'ids' };

const posts: Record<string, Route> = {
  '/v1/batch': { kind: 'batch' },
  '/v1/b': { kind: 'batch' },
  '/v1/import': { kind: 'batch' },
  '/beacon/v1/batch': { kind: 'batch', isBeacon: true },
  '/v1/m': { kind: 'metrics' },
  '/v1/ids': { kind: 'ids' },
  '/api/s/batch': { kind: 'batch' },
  '/api/s/s2s/batch': { kind: 'batch' },
  '/api/s/event': { kind: 'event' },
  '/api/s/s2s/event': { kind: 'event' },
};

const gets: Record<string, Route> = {
  '/pixel/v1/track': { kind: 'pixel', type: 'track', form: 'members' },
  '/pixel/v1/page': { kind: 'pixel', type: 'page', form: 'members' },
  '/sourceConfig': { kind: 'rudderstack-settings' },
  '/v1/pixel.js': { kind: 'pixel-script' },
};

for (const type of eventTypes) {
  // Segment's path and its first letter, then Jitsu's for pages and servers.
  for (const path of [`/v1/${type}`, `/v1/${type[0]}`, `/api/s/${type}`, `/api/s/s2s/${type}`]) {
    posts[path] = { kind: 'event', type };
  }
  gets[`/v1/pixel/${type}`] = { kind: 'pixel', type, form: 'data' };
}

const settingsPath = /^\/v1\/projects\/([^/]+)\/settings$/;

export type RouteMatch = { readonly method: 'GET' | 'POST'; readonly route: Route };

/**
 * The route of a path, whatever the method; undefined when no client knows the path. Slashes at its end do not matter, and
 * several together are one: clients join an endpoint that ends in a slash with a path that begins with one.
 */
export function matchRoute(rawPath: string): RouteMatch | undefined {
  const path = rawPath.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  if (Object.hasOwn(posts, path)) return { method: 'POST', route: posts[path] as Route };
  if (Object.hasOwn(gets, path)) return { method: 'GET', route: gets[path] as Route };
  const settings = settingsPath.exec(path);
  if (settings?.[1] === undefined) return undefined;
  return { method: 'GET', route: { kind: 'segment-settings', writeKey: decode(settings[1]) } };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
