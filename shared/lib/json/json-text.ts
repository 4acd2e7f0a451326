// Visible ASCII and blanks without what JSON escapes (" and \) and what addresses, phone numbers and query parameters need.
const careful = /[^ !#$&-*,-<>?A-Z[\]^-~]/;

/**
 * Whether a text can stand in JSON as it is and holds no personal data: true of most that are sent, and quick to tell. Fast twin of
 * `JSON.stringify` and of the search for personal data, which change nothing where it is true.
 */
export const isPlain = (text: string): boolean => !careful.test(text);

/** An escape that JSON.stringify writes for half a surrogate pair, or any other escape: a backslash may be text itself. */
const escapes = /\\(?:ud[89a-f][0-9a-f]{2}|.)/g;
const replacementCharacter = '\uFFFD';

/**
 * A value as JSON. Half a surrogate pair, which is left where a sender cut a text in two, becomes U+FFFD: as an escape it
 * is no valid text to most readers.
 */
export function writeJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!json.includes('\\ud')) return json;
  return json.replace(escapes, (each) => (each.length === 6 ? replacementCharacter : each));
}
