import { computed, signal } from '@preact/signals';

export const viewNames = ['stream', 'tester', 'dead-letters', 'balance', 'history', 'duplicates', 'quality'] as const;
export type ViewName = (typeof viewNames)[number];

/** Filters and choices of a view, as its address holds them. */
export type Query = Readonly<Record<string, string>>;

export type Route =
  | { readonly view: ViewName; readonly query: Query }
  /** One event by its message id; `at` is when it came, where several came under that id. */
  | { readonly view: 'event'; readonly id: string; readonly at: number | undefined }
  | { readonly view: 'unknown'; readonly path: string };

const hash = signal(location.hash);
/** An event was closed, and the list is not drawn yet. */
export const returned = signal(false);
addEventListener('hashchange', () => {
  if (readRoute(hash.peek()).view === 'event' && readRoute(location.hash).view === 'stream') returned.value = true;
  hash.value = location.hash;
});

export const route = computed((): Route => readRoute(hash.value));

/** `#/event/<message id>?at=<ms>`, or a view by name with its filters. An empty address is the stream. */
export function readRoute(text: string): Route {
  const [path = '', search = ''] = text.replace(/^#\/?/, '').split(/\?(.*)/s);
  const query = Object.fromEntries(new URLSearchParams(search));
  if (path.startsWith('event/')) {
    const at = Number(query['at']);
    return { view: 'event', id: decoded(path.slice('event/'.length)), at: at > 0 ? at : undefined };
  }
  if (path === '') return { view: 'stream', query };
  const known = viewNames.find((name) => name === path);
  return known === undefined ? { view: 'unknown', path } : { view: known, query };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `stream?q=jane`; members that are empty are left out. */
export function pathOf(view: ViewName, query: Readonly<Record<string, string | undefined>> = {}): string {
  const filled = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
  return filled.length === 0 ? view : `${view}?${new URLSearchParams(filled)}`;
}

/** Address of an event, which is the same after a restart and in another browser. */
export const eventPath = ({ id, receivedAt }: { readonly id: string; readonly receivedAt: number }): string =>
  `event/${encodeURIComponent(id)}?at=${receivedAt}`;

export const go = (path: string): void => {
  location.hash = `/${path}`;
};

/** Changes the address without a step in the browser's history: for what changes while one types. */
export function replacePath(path: string): void {
  history.replaceState(null, '', `#/${path}`);
  hash.value = location.hash;
}
