/** A member or item with so many digits may be more than JavaScript's numbers can tell apart. */
const manyDigits = /[:[,]\s*-?\d{16}/;

const wholeNumber = /^-?\d+$/;

/**
 * `JSON.parse` that keeps every digit: a whole number beyond 2^53 becomes its text, since it is some system's id, and its
 * neighbours would otherwise become the same. @throws SyntaxError
 */
export const parseJson = (text: string): unknown =>
  manyDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);

function keepDigits(_key: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && wholeNumber.test(source) ? source : value;
}
