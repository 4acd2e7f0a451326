import type { Letter } from './letter.ts';

/** What Meta told people about the refusal, title first; undefined when it told nothing. */
export function metaSays(graph: Letter['graph']): string | undefined {
  const { userTitle: title, userMessage: message } = graph ?? {};
  if (title === undefined || message === undefined || title === message) return message ?? title;
  return `${title}${/[.!?:…]$/.test(title) ? '' : ':'} ${message}`;
}
