/**
 * Whether the body of a message may hold one of these texts: it stands there, or the events are compressed, so that only who reads
 * them can tell.
 *
 * @param texts as they stand within JSON
 */
export const mayHold = (body: string, texts: readonly string[]): boolean =>
  body.includes('"gzip":["') || texts.some((text) => body.includes(text));
