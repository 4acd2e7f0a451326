import { decimalDigit } from '../../../lib/decimal-digits.ts';

const anyDigit = /\p{Nd}/u;

/** The same text with the decimal digits of every script written as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Unicode keeps the ten digits of a script in order, so the distance to the zero before them is the value. */
function digitValue(digit: string): number {
  const usual = decimalDigit(digit.charCodeAt(0));
  if (usual !== -1) return usual;
  const compatible = digit.normalize('NFKC');
  if (/^[0-9]$/.test(compatible)) return Number(compatible);
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && anyDigit.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}
