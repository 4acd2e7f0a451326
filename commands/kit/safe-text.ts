/** Characters that could move the cursor, hide text or turn its direction: events come from outside. */
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text on one line of a terminal, cut to `length` characters. */
export function safeText(text: string, length = 200): string {
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return cut.replace(unprintable, escaped);
}

/** JSON that shows every character that a terminal would act on; still the same JSON. */
export const safeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value ?? null, undefined, indent).replace(unprintable, (character) =>
    character === '\n' ? character : escaped(character),
  );
