import { TriggerSyntaxError } from './trigger-syntax-error.ts';

export type TokenKind = 'word' | 'text' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; for text what stands between the quotes. */
  readonly value: string;
  readonly position: number;
}

// A backslash before the closing quote escapes it; anywhere else in a text it stands for itself, as in Segment.
const kinds: readonly { readonly kind: TokenKind | 'space'; readonly pattern: RegExp }[] = [
  { kind: 'space', pattern: /\s+/y },
  { kind: 'text', pattern: /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'/y },
  { kind: 'number', pattern: /[+-]?\d+(?:\.\d+)?(?![\w.])/y },
  { kind: 'word', pattern: /(?:[\p{L}_]|\\.)(?:[\p{L}\p{N}_.-]|\\.|\[\d+\])*/suy },
  { kind: 'symbol', pattern: /[!<>]=|[=<>!(),]/y },
];

const hints: readonly { readonly start: RegExp; readonly message: string }[] = [
  { start: /["']/, message: 'this text has no closing quote' },
  { start: /&/, message: 'write "and" instead of "&&"' },
  { start: /\|/, message: 'write "or" instead of "||"' },
  { start: /[\d+-]/, message: 'write numbers like 12, -3 or 4.5' },
];

/** Longest trigger that is read, in UTF-16 units. */
const maxLength = 100_000;

/**
 * Cuts a trigger into tokens; the last one is always `end`.
 *
 * @throws TriggerSyntaxError at the first character that begins nothing
 */
export function tokenize(fql: string): readonly Token[] {
  if (fql.length > maxLength) throw new TriggerSyntaxError(`longer than ${maxLength} characters`, maxLength);
  const tokens: Token[] = [];
  let position = 0;
  while (position < fql.length) {
    const [kind, raw] = readToken(fql, position);
    if (kind !== 'space') tokens.push({ kind, value: kind === 'text' ? unquote(raw) : raw, position });
    position += raw.length;
  }
  tokens.push({ kind: 'end', value: '', position });
  return tokens;
}

function readToken(fql: string, position: number): readonly [TokenKind | 'space', string] {
  for (const { kind, pattern } of kinds) {
    pattern.lastIndex = position;
    const raw = pattern.exec(fql)?.[0];
    if (raw !== undefined) return [kind, raw];
  }
  const character = fql.charAt(position);
  const hint = hints.find(({ start }) => start.test(character));
  throw new TriggerSyntaxError(hint?.message ?? `unexpected ${JSON.stringify(character)}`, position);
}

function unquote(raw: string): string {
  const quote = raw.charAt(0);
  return raw.slice(1, -1).replaceAll(`\\${quote}`, quote);
}
