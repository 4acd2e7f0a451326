import { effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
const order: readonly Theme[] = ['system', 'light', 'dark'];
const key = 'console-theme';

const kept = localStorage.getItem(key);
export const theme = signal<Theme>(order.find((one) => one === kept) ?? 'system');

/** Counts up whenever colours may have changed, for what draws them itself. */
export const paint = signal(0);

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
  localStorage.setItem(key, theme.value);
  paint.value = paint.peek() + 1;
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  paint.value++;
});

export function nextTheme(): void {
  theme.value = order[(order.indexOf(theme.value) + 1) % order.length] ?? 'system';
}
