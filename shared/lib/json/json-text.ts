// Visible ASCII and blanks without what JSON escapes (" and \) and what addresses, phone numbers and query parameters need.
const careful = /[^ !#$&-*,-<>?A-Z[\]^-~]/;

/** Whether a text can stand in JSON as it is and holds no personal data: true of most that are sent, and quick to tell. */
export const isPlain = (text: string): boolean => !careful.test(text);
