/** The zeros of the scripts whose ten digits Unicode keeps in order, by UTF-16 code unit, in ascending order. */
const zeros: readonly number[] = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
  0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/**
 * The value of a decimal digit of any script within the Basic Multilingual Plane, in a few comparisons: asking a regular
 * expression about every character of a long text takes a thousand times as long as the text is worth.
 *
 * @param code a UTF-16 code unit
 * @returns 0 to 9, or -1 for anything else
 */
export function decimalDigit(code: number): number {
  if (code < 0x660) return code >= 0x30 && code <= 0x39 ? code - 0x30 : -1;
  let low = 1;
  let high = zeros.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((zeros[middle] as number) <= code) low = middle;
    else high = middle - 1;
  }
  const value = code - (zeros[low] as number);
  return value >= 0 && value <= 9 ? value : -1;
}
