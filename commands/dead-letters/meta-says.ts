import type { Letter } from './letter.ts';

/** Meta's explanation for people, title first; undefined when it gave none. */
export function metaSays(graph: Letter['graph']): string | undefined {
  const { userTitle: title, userMessage: message } = graph ?? {};
  if (title === undefined || message === undefined || title === message) return message ?? title;
  return `${title}${/[.!?:…]$/.test(title) ? '' : ':'} ${message}`;
}
