import { lazy } from '../../../lib/lazy.ts';
import { asciiDigits } from './ascii-digits.ts';
import { callingCodes } from './calling-codes.ts';
import { countryOf } from './country.ts';
import { isAscii } from './letters.ts';
import type { MatchKeyContext, Normaliser } from './normaliser.ts';

interface NumberingPlan {
  readonly code: string;
  readonly trunk: string;
  readonly fewest: number;
  readonly most: number;
}

/** Plans by country. */
const plans = lazy(
  () =>
    new Map<string, NumberingPlan>(
      callingCodes()
        .trim()
        .split('\n')
        .map((line) => {
          const [alpha2 = '', code = '', trunk = '', fewest, most] = line.split(' ');
          return [alpha2, { code, trunk, fewest: Number(fewest), most: Number(most) }];
        }),
    ),
);

/** Plans by calling code. Countries that share one have its trunk prefix in common; lengths are those of all together. */
const plansByCode = lazy(() => {
  const byCode = new Map<string, NumberingPlan>();
  for (const plan of plans().values()) {
    const { code, trunk, fewest, most } = byCode.get(plan.code) ?? plan;
    byCode.set(code, {
      code,
      trunk: trunk === 'none' ? plan.trunk : trunk,
      fewest: Math.min(fewest, plan.fewest),
      most: Math.max(most, plan.most),
    });
  }
  return byCode;
});

/** Digits that are dialled for going abroad, by calling code, where they are not `00`. */
const exitCodes = new Map([
  ['1', '011'],
  ['61', '0011'],
  ['81', '010'],
]);

const extension = /(?:ext(?:ension|n)?|x|#)[\s.:=]*\d{1,7}\W*$/i;
/** A whole number as a spreadsheet writes it that takes phone numbers for amounts. */
const wholeFloat = /^(\+?\d+)[.,]0+$/;
/** Such a number with its last digits gone. */
const exponent = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;

const fewestDigits = 7;
const mostDigits = 15;

/**
 * Digits of an international number without leading zeros, 7 to 15 of them (E.164). An extension is cut off, and so is a
 * trunk prefix behind the country code, except where a leading zero is part of the number, as in Italy.
 *
 * A number without `+` or `00` gets the calling code of the country in the context, if the number can be one of that
 * country and does not carry the code already. Without a country its digits stay as they are.
 */
export const phone: Normaliser = (text, context) => plainPhone(text) ?? generalPhone(text, context);

/** The rule of {@link phone}, for numbers however they are written. */
export const generalPhone: Normaliser = (text, context) => {
  if (exponent.test(text)) return undefined;
  const whole = wholeFloat.exec(text)?.[1] ?? text;
  const line = withoutExtension(isAscii(whole) ? whole : asciiDigits(whole));
  const digits = internationalDigits(line, planOf(context)).replace(/^0+/, '');
  return isInternational(digits) ? digits : undefined;
};

const isInternational = (digits: string): boolean => digits.length >= fewestDigits && digits.length <= mostDigits;

// Character codes.
const plus = 43;
const zero = 48;
const one = 49;
const eight = 56;
const nine = 57;
const opening = 40;
const point = 46;

/** Zeros that a spreadsheet writes behind a whole number's point. */
const onlyZeros = /^0+$/;

/** Marks that people put between digits, by character code. */
const separators: ReadonlySet<number> = new Set(Array.from(' -./()', (mark) => mark.charCodeAt(0)));

/**
 * Fast twin of {@link generalPhone}: the digits of `+49 30 123456` or `+1 (650) 555-1212`, as nearly all numbers look that a
 * form has checked. There is nothing to find out about them, and reading them so takes half the time of a regular expression.
 *
 * @returns undefined for numbers written in any other way
 */
export function plainPhone(text: string): string | undefined {
  if (text.charCodeAt(0) !== plus) return undefined;
  let digits = '';
  let start = 1;
  for (let index = 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= zero && code <= nine) continue;
    // `+44 (0)20 …` tells callers at home to dial a zero.
    if (!separators.has(code) || (code === opening && !isDigitOfCode(text.charCodeAt(index + 1)))) return undefined;
    if (code === point && onlyZeros.test(text.slice(index + 1))) return undefined;
    digits += text.slice(start, index);
    start = index + 1;
  }
  digits += text.slice(start);
  return digits.charCodeAt(0) !== zero && isInternational(digits) && !mayHoldTrunk(digits) ? digits : undefined;
}

const isDigitOfCode = (code: number): boolean => code > zero && code <= nine;

/** Calling codes of two digits, by their number; those that begin with 1 or 7 have one digit, all others three. */
const twoDigitCodes: ReadonlySet<number> = new Set([
  ...[20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58],
  ...[60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98],
]);

function codeLengthOf(digits: string): number {
  const first = digits.charCodeAt(0) - zero;
  if (first === 1 || first === 7) return 1;
  return twoDigitCodes.has(first * 10 + digits.charCodeAt(1) - zero) ? 2 : 3;
}

/** Whether digits behind the calling code may have to go: trunk prefixes (0, 8 in the east, 1 in America), rewritten numbers. */
function mayHoldTrunk(digits: string): boolean {
  const next = digits.charCodeAt(codeLengthOf(digits));
  if (next === zero || next === eight || (next === one && digits.charCodeAt(0) === one)) return true;
  return digits.startsWith('5') && rewrites.has(digits.slice(0, 2));
}

function withoutExtension(line: string): string {
  const number = line.replace(extension, '');
  return number === line || digitsOf(number).length < fewestDigits ? line : number;
}

function planOf(context: MatchKeyContext): NumberingPlan | undefined {
  const alpha2 = countryOf(context);
  return alpha2 === undefined ? undefined : plans().get(alpha2);
}

function internationalDigits(line: string, plan: NumberingPlan | undefined): string {
  const digits = digitsOf(line);
  const hasPlus = /^[^\d+＋]*[+＋]/.test(line);
  if (plan !== undefined && !hasPlus) {
    const exitCode = exitCodes.get(plan.code);
    if (exitCode !== undefined && digits.startsWith(exitCode)) return withoutInnerTrunk(digits.slice(exitCode.length));
    if (!digits.startsWith('00')) return withCallingCode(digits, plan);
  }
  if (!hasPlus && !digits.startsWith('00')) return digits;
  // `+44 (0)20 …` tells callers at home to dial a zero.
  return withoutInnerTrunk(digitsOf(line.replace(/\(\s*0\s*\)/, '')).replace(/^0+/, ''));
}

/** The digits of an international number without a trunk prefix behind its calling code. */
function withoutInnerTrunk(digits: string): string {
  const code = digits.slice(0, codeLengthOf(digits));
  const plan = plansByCode().get(code);
  if (plan === undefined) return digits;
  const national = nationalOf(digits.slice(code.length), plan);
  return national === undefined ? digits : code + national;
}

function withCallingCode(digits: string, plan: NumberingPlan): string {
  const national = nationalOf(digits, plan);
  if (national === digits && hasCallingCode(digits, plan)) return digits;
  if (national !== undefined) return plan.code + national;
  // In full, and with a trunk prefix: `44 (0)161 …`.
  return digits.startsWith(plan.code) ? withoutInnerTrunk(digits) : digits;
}

/** A number as it stands behind the calling code; undefined when it cannot be one of the plan. */
function nationalOf(digits: string, plan: NumberingPlan): string | undefined {
  const bare = withoutTrunk(digits, plan);
  const national = rewrites.get(plan.code)?.(bare) ?? bare;
  return isNational(national.length, plan) ? national : undefined;
}

function withoutTrunk(digits: string, { trunk, most }: NumberingPlan): string {
  // A trunk prefix other than zero can also begin a number, so it only counts where the number would be too long.
  if (digits.startsWith(trunk) && (trunk.startsWith('0') || digits.length > most)) {
    const rest = digits.slice(trunk.length);
    // Belarus dials 8 and then 0.
    return rest.length > most && rest.startsWith('0') ? rest.slice(1) : rest;
  }
  return digits.startsWith('0') && (trunk !== 'keep' || digits.length > most) ? digits.slice(1) : digits;
}

/** Area codes of three digits in Argentina; 11 is Buenos Aires, all others have four. @see https://www.enacom.gob.ar */
const argentineAreas: ReadonlySet<string> = new Set([
  ...['220', '221', '223', '230', '236', '237', '249', '260', '261', '263', '264', '266', '280', '291', '294', '297'],
  ...['298', '299', '336', '341', '342', '343', '345', '348', '351', '353', '358', '362', '364', '370', '376', '379'],
  ...['380', '381', '383', '385', '387', '388'],
]);

/** Mobile numbers that are dialled in another form at home than from abroad, by calling code. */
const rewrites: ReadonlyMap<string, (national: string) => string> = new Map([
  ['54', argentine],
  // Until 2019 mobile numbers had a 1 in front from abroad, and 044 or 045 at home.
  ['52', (national: string) => national.replace(/^(?:1|0?4[45])(?=\d{10}$)/, '')],
  // The two digits of the long-distance carrier.
  ['55', (national: string) => (national.length > 11 ? national.slice(2) : national)],
]);

/** `11 15 2345 6789` at home is `9 11 2345 6789` from abroad: 9 in front instead of 15 behind the area code. */
function argentine(national: string): string {
  const number = national.startsWith('9') && national.length >= 13 ? national.slice(1).replace(/^0/, '') : national;
  if (number.length !== 12) return national;
  const areaLength = number.startsWith('11') ? 2 : argentineAreas.has(number.slice(0, 3)) ? 3 : 4;
  if (!number.startsWith('15', areaLength)) return national;
  return `9${number.slice(0, areaLength)}${number.slice(areaLength + 2)}`;
}

/** Where a number at home begins with a zero, one that begins with the calling code instead is written in full. */
function hasCallingCode(digits: string, plan: NumberingPlan): boolean {
  const fits = digits.startsWith(plan.code) && isNational(digits.length - plan.code.length, plan);
  return fits && (plan.trunk.startsWith('0') || digits.length > plan.most);
}

const isNational = (length: number, { fewest, most }: NumberingPlan): boolean => length >= fewest && length <= most;

const digitsOf = (line: string): string => line.replace(/\D+/g, '');
