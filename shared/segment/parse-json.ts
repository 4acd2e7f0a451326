/** A member or item with so many digits may be more than JavaScript's numbers can tell apart. */
const manyDigits = /[:[,]\s*-?\d{16}/;

const wholeNumber = /^-?\d+$/;

/**
 * `JSON.parse` that keeps every digit: a whole number beyond 2^53 becomes its text, since it is some system's id, and its
 * neighbours would otherwise become the same. @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!manyDigits.test(text)) return JSON.parse(text);
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    // A look at every value takes a stack as deep as the text. What is that deep is refused by itself, later.
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

function keepDigits(_key: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && wholeNumber.test(source) ? source : value;
}
