const longest = 40;
const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A sign of a currency with letters in front of it (`US$`), three letters, or one of the abbreviations that many write. */
const unit = String.raw`(?:[a-z]{0,3}\p{Sc}|[a-z]{3}|kr|z\u0142|k\u010d|ft|lei|rs\.?|\u0440\u0443\u0431\.?)`;
const withUnit = new RegExp(
  String.raw`^([+\u2212-]?)\s*(?:(${unit})\s*)?([+\u2212-]?)([\d.,'’\s\u00a0\u202f]*\d(?:[.,](?:-|–|—)?)?)\s*(${unit})?$`,
  'iu',
);
const oneComma = /^(\d*),(\d+)$/;
/** Groups of three digits; of two in India, but for the last. */
const grouped = /^[1-9]\d{0,2}(?:([.,'’\s\u00a0\u202f])(?:\d{3}))(?:\1\d{3})*$|^[1-9]\d?(?:,\d\d)+,\d{3}$/;
const separators = /[.,'’\s\u00a0\u202f]/g;
/** Longer numbers in groups by blanks alone are rather somebody's phone number. */
const mostBlankDigits = 6;

/**
 * A number as people write it: with a comma for a point, groups of thousands, a currency before or behind it.
 *
 * @returns undefined for what is none, and for what could be two: `1,234` is a thousand to some and one to others
 */
export function decimalOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  if (plain.test(trimmed)) return finite(Number(trimmed));
  const [, before = '', left, behind = '', digits, right] = withUnit.exec(trimmed) ?? [];
  if (digits === undefined || (left && right) || (before && behind)) return undefined;
  const size = sizeOf(digits.trim().replace(/[.,][-–—]?$/, ''), left !== undefined || right !== undefined);
  if (size === undefined) return undefined;
  return before + behind === '' || before + behind === '+' ? size : -size;
}

function sizeOf(digits: string, hasUnit: boolean): number | undefined {
  const [, whole, fraction = ''] = oneComma.exec(digits) ?? [];
  if (whole !== undefined) {
    const isAmbiguous = fraction.length === 3 && whole.length <= 3 && whole !== '0' && whole !== '';
    return isAmbiguous ? undefined : Number(`${whole}.${fraction}`);
  }
  if (plain.test(digits)) {
    // `1.234 €` is a thousand to some.
    return hasUnit && /^[1-9]\d{0,2}\.\d{3}$/.test(digits) ? undefined : finite(Number(digits));
  }
  const marks = digits.match(separators) ?? [];
  const last = marks.at(-1) ?? '';
  const isPoint = (last === '.' || last === ',') && marks.filter((mark) => mark === last).length === 1;
  const end = isPoint ? digits.lastIndexOf(last) : digits.length;
  const thousands = digits.slice(0, end);
  if (!grouped.test(thousands)) return undefined;
  const number = thousands.replace(separators, '');
  if (!isPoint && !hasUnit && /\s/.test(last) && number.length > mostBlankDigits) return undefined;
  return Number(`${number}.${digits.slice(end + 1) || '0'}`);
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
