// Visible ASCII and blanks without what JSON escapes (" and \) and what addresses, phone numbers and query parameters need.
const careful = /[^ !#$&-*,-<>?A-Z[\]^-~]/;

/**
 * Whether a text can stand in JSON as it is and holds no personal data: true of most that are sent, and quick to tell. Fast twin of
 * `JSON.stringify` and of the search for personal data, which change nothing where it is true.
 */
export const isPlain = (text: string): boolean => !careful.test(text);

/**
 * A value as JSON. Half a surrogate pair, which is left where a sender cut a text in two, becomes U+FFFD: as an escape it
 * is no valid text to most readers.
 */
export const writeJson = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : withoutHalfPairs(JSON.stringify(value));

// A search for a text stops at each of its first sign, of which JSON may be full; one for any of two looks at three at once.
const mayBeHalfPair = /[\\^]ud/;

/** With as many backslashes before it as make whole ones. */
const halfPair = /(?<!\\)((?:\\\\)*)\\ud[89a-f][\da-f]{2}/g;

/** JSON as `JSON.stringify` writes it, which escapes nothing but half pairs this way, with U+FFFD in their places. */
export const withoutHalfPairs = (json: string): string =>
  mayBeHalfPair.test(json) ? json.replace(halfPair, '$1\uFFFD') : json;
