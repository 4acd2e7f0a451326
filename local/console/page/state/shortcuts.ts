import { signal } from '@preact/signals';
import { go, route, viewNames } from './router.ts';
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
  '/': () => inStream(() => document.querySelector<HTMLElement>('[data-filter]')?.focus()),
  '?': () => {
    isHelpOpen.value = true;
    return true;
  },
  Escape: () => {
    if (route.value.view !== 'event') return false;
    go('stream');
    return true;
  },
  ...Object.fromEntries(
    viewNames.map((name, index) => [
      String(index + 1),
      () => {
        go(name);
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
  const current = at.view === 'event' ? at.seq : activeSeq.value;
  const index = rows.findIndex(({ seq }) => seq === current);
  const next = rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + by))];
  if (next === undefined) return false;
  activeSeq.value = next.seq;
  if (at.view === 'event') go(`event/${next.seq}`);
  return true;
}

function open(): boolean {
  // A link or button under the focus acts by itself.
  if (document.activeElement?.matches('a, button, summary') === true) return false;
  return inStream(() => {
    if (activeSeq.value !== undefined) go(`event/${activeSeq.value}`);
  });
}
