// SQS refuses these two; JSON.stringify leaves them bare, while it escapes control characters and lone surrogates.
const forbidden = /[\uFFFE\uFFFF]/g;

/** A value as JSON that SQS takes in a message. */
export const messageText = (value: unknown): string =>
  JSON.stringify(value).replace(forbidden, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
