import { computed, signal } from '@preact/signals';

export const viewNames = ['stream', 'tester', 'dead-letters', 'balance'] as const;
export type ViewName = (typeof viewNames)[number];

export type Route =
  | { readonly view: ViewName; readonly from?: number }
  | { readonly view: 'event'; readonly seq: number };

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

export const route = computed((): Route => readRoute(hash.value));

/** `#/event/12`, `#/tester/12` (with the event of a row), or a view by name; anything else is the stream. */
export function readRoute(text: string): Route {
  const [, view = '', number = ''] = text.replace(/^#/, '').split('/');
  const seq = /^\d{1,15}$/.test(number) ? Number(number) : undefined;
  if (view === 'event' && seq !== undefined) return { view, seq };
  const known = viewNames.find((name) => name === view) ?? 'stream';
  return { view: known, ...(seq !== undefined && { from: seq }) };
}

export const go = (path: string): void => {
  location.hash = `/${path}`;
};
