import type { EventType } from './event.ts';

export type Route =
  | { readonly kind: 'batch' }
  | { readonly kind: 'event'; readonly type: EventType }
  /** RudderStack's pixel: an event in the query string, answered with an image. */
  | { readonly kind: 'pixel'; readonly type: EventType }
  /** Browser libraries' own metrics: accepted and dropped. */
  | { readonly kind: 'metrics' }
  | { readonly kind: 'segment-settings'; readonly writeKey: string }
  | { readonly kind: 'rudderstack-settings' };

const posts: Readonly<Record<string, Route>> = {
  '/v1/batch': { kind: 'batch' },
  '/v1/b': { kind: 'batch' },
  '/v1/import': { kind: 'batch' },
  '/beacon/v1/batch': { kind: 'batch' },
  '/v1/track': { kind: 'event', type: 'track' },
  '/v1/t': { kind: 'event', type: 'track' },
  '/v1/identify': { kind: 'event', type: 'identify' },
  '/v1/i': { kind: 'event', type: 'identify' },
  '/v1/page': { kind: 'event', type: 'page' },
  '/v1/p': { kind: 'event', type: 'page' },
  '/v1/screen': { kind: 'event', type: 'screen' },
  '/v1/s': { kind: 'event', type: 'screen' },
  '/v1/group': { kind: 'event', type: 'group' },
  '/v1/g': { kind: 'event', type: 'group' },
  '/v1/alias': { kind: 'event', type: 'alias' },
  '/v1/a': { kind: 'event', type: 'alias' },
  '/v1/m': { kind: 'metrics' },
};

const gets: Readonly<Record<string, Route>> = {
  '/pixel/v1/track': { kind: 'pixel', type: 'track' },
  '/pixel/v1/page': { kind: 'pixel', type: 'page' },
  '/sourceConfig': { kind: 'rudderstack-settings' },
};

const settingsPath = /^\/v1\/projects\/([^/]+)\/settings$/;

export type RouteMatch = { readonly method: 'GET' | 'POST'; readonly route: Route };

/** The route of a path, whatever the method; undefined when no client knows the path. Trailing slashes do not matter. */
export function matchRoute(rawPath: string): RouteMatch | undefined {
  const path = rawPath.length > 1 && rawPath.endsWith('/') ? rawPath.replace(/\/{1,8}$/, '') : rawPath;
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
