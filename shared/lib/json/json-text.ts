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
export function writeJson(value: unknown): string {
  const json = JSON.stringify(value);
  return mayHoldHalfPairs(json) ? JSON.stringify(wellFormed(value)) : json;
}

/** Whether JSON that was written may hold half a surrogate pair: JSON.stringify escapes those. */
export const mayHoldHalfPairs = (json: string): boolean => json.includes('\\ud');

/** A copy of parsed JSON in which U+FFFD takes the place of half a surrogate pair, also in names of members. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toWellFormed(), wellFormed(inner)]));
}
