import { parsePath, type Steps } from './path.ts';

/** Text as it stands, or the path of the value to put there. */
export type TemplatePart = string | Steps;

/** Cuts a template at `{{{path}}}` and `{{path}}`. Empty and unclosed braces are text. Takes linear time. */
export const parseTemplate = (template: string): readonly TemplatePart[] =>
  cut(template, 3).flatMap((part) => (typeof part === 'string' ? cut(part, 2) : [part]));

function cut(text: string, braces: 2 | 3): TemplatePart[] {
  const [open, close] = ['{'.repeat(braces), '}'.repeat(braces)];
  const parts: TemplatePart[] = [];
  let written = 0;
  let start = text.indexOf(open);
  while (start !== -1) {
    const inside = start + braces;
    const end = text.indexOf('}', inside);
    if (end === -1) break;
    const isPlaceholder = end > inside && text.startsWith(close, end);
    if (isPlaceholder) {
      if (start > written) parts.push(text.slice(written, start));
      parts.push(parsePath(text.slice(inside, end).trim()));
      written = end + braces;
    }
    // No opening before this brace can be closed by another one, so the search never goes back.
    start = text.indexOf(open, isPlaceholder ? written : end + 1);
  }
  if (written < text.length) parts.push(text.slice(written));
  return parts;
}
