import { signal } from '@preact/signals';
import { eventPath, go, route, viewNames } from './router.ts';
import { streamPath } from './stream-filter.ts';
import { activeSeq, shown, togglePause } from './store.ts';

export const isHelpOpen = signal(false);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable="true"]') !== null;

/** Keys of the whole page. Typing in a field is left alone, but for Escape, which leaves it. */
export function onShortcut(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector('dialog[open]') !== null) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
    return;
  }
  const action = actions[event.key];
  if (action?.() === true) event.preventDefault();
}

/** Each says whether the key meant something here. */
const actions: Readonly<Record<string, () => boolean>> = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  Enter: open,
  p: () => inStream(togglePause),
  '/': () => {
    const field = document.querySelector<HTMLElement>('[data-filter]');
    field?.focus();
    return field !== null;
  },
  '?': () => {
    isHelpOpen.value = true;
    return true;
  },
  Escape: () => {
    if (route.value.view !== 'event') return false;
    go(streamPath.value);
    return true;
  },
  ...Object.fromEntries(
    viewNames.map((name, index) => [
      String(index + 1),
      () => {
        go(name === 'stream' ? streamPath.value : name);
        return true;
      },
    ]),
  ),
};

function inStream(action: () => void): boolean {
  if (route.value.view !== 'stream') return false;
  action();
  return true;
}

/** To the next row of the stream; on an event's page to the next event. */
function move(by: 1 | -1): boolean {
  const at = route.value;
  if (at.view !== 'stream' && at.view !== 'event') return false;
  const rows = shown.value;
  const index = rows.findIndex((row) =>
    at.view === 'event'
      ? row.id === at.id && (at.at ?? row.receivedAt) === row.receivedAt
      : row.seq === activeSeq.value,
  );
  const next = rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + by))];
  if (next === undefined) return false;
  activeSeq.value = next.seq;
  if (at.view === 'event') go(eventPath(next));
  return true;
}

function open(): boolean {
  // A link or button under the focus acts by itself.
  if (document.activeElement?.matches('a, button, summary') === true) return false;
  return inStream(() => {
    const row = shown.value.find(({ seq }) => seq === activeSeq.value);
    if (row !== undefined) go(eventPath(row));
  });
}
