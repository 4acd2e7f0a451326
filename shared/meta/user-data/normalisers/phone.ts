import { once } from '../../../lib/lazy.ts';
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

const plans = once(
  () =>
    new Map<string, NumberingPlan>(
      callingCodes
        .trim()
        .split('\n')
        .map((line) => {
          const [alpha2 = '', code = '', trunk = '', fewest, most] = line.split(' ');
          return [alpha2, { code, trunk, fewest: Number(fewest), most: Number(most) }];
        }),
    ),
);

/** What is dialled for going abroad, by calling code, where it is not `00`. */
const exitCodes = new Map([
  ['1', '011'],
  ['61', '0011'],
  ['81', '010'],
]);

const extension = /(?:ext(?:ension|n)?|x|#)[\s.:=]*\d{1,7}\W*$/i;

const fewestDigits = 7;
const mostDigits = 15;

/**
 * Digits of an international number without leading zeros, 7 to 15 of them (E.164). An extension is cut off.
 *
 * A number without `+` or `00` gets the calling code of the country in the context, if the number can be one of that
 * country and does not carry the code already. Without a country its digits stay as they are.
 */
export const phone: Normaliser = (text, context) => {
  const written = writtenDigits(text);
  if (written !== undefined) return written;
  const line = withoutExtension(isAscii(text) ? text : asciiDigits(text));
  const digits = internationalDigits(line, planOf(context)).replace(/^0+/, '');
  return isInternational(digits) ? digits : undefined;
};

const isInternational = (digits: string): boolean => digits.length >= fewestDigits && digits.length <= mostDigits;

// Character codes.
const plus = 43;
const zero = 48;
const nine = 57;
const opening = 40;

/** What people put between digits, by character code. */
const separators: ReadonlySet<number> = new Set(Array.from(' -./()', (mark) => mark.charCodeAt(0)));

/**
 * The digits of `+49 30 123456` or `+1 (650) 555-1212`: what nearly all numbers look like that a form has checked. There is
 * nothing to find out about them, and reading them so takes half the time of a regular expression.
 *
 * @returns undefined for numbers written in any other way
 */
function writtenDigits(text: string): string | undefined {
  if (text.charCodeAt(0) !== plus) return undefined;
  let digits = '';
  let start = 1;
  for (let index = 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= zero && code <= nine) continue;
    // `+44 (0)20 …` tells callers at home to dial a zero.
    if (!separators.has(code) || (code === opening && !isDigitOfCode(text.charCodeAt(index + 1)))) return undefined;
    digits += text.slice(start, index);
    start = index + 1;
  }
  digits += text.slice(start);
  return digits.charCodeAt(0) !== zero && isInternational(digits) ? digits : undefined;
}

const isDigitOfCode = (code: number): boolean => code > zero && code <= nine;

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
    if (exitCode !== undefined && digits.startsWith(exitCode)) return digits.slice(exitCode.length);
    if (!digits.startsWith('00')) return withCallingCode(digits, plan);
  }
  // `+44 (0)20 …` tells callers at home to dial a zero.
  return hasPlus || digits.startsWith('00') ? digitsOf(line.replace(/\(\s*0\s*\)/, '')) : digits;
}

function withCallingCode(digits: string, plan: NumberingPlan): string {
  const national = withoutTrunk(digits, plan);
  if (national === digits && hasCallingCode(digits, plan)) return digits;
  return isNational(national.length, plan) ? plan.code + national : digits;
}

function withoutTrunk(digits: string, { trunk, most }: NumberingPlan): string {
  // A trunk prefix other than zero can also begin a number, so it only counts where the number would be too long.
  if (digits.startsWith(trunk) && (trunk.startsWith('0') || digits.length > most)) return digits.slice(trunk.length);
  return digits.startsWith('0') && (trunk !== 'keep' || digits.length > most) ? digits.slice(1) : digits;
}

/** Where a number at home begins with a zero, one that begins with the calling code instead is written in full. */
function hasCallingCode(digits: string, plan: NumberingPlan): boolean {
  const fits = digits.startsWith(plan.code) && isNational(digits.length - plan.code.length, plan);
  return fits && (plan.trunk.startsWith('0') || digits.length > plan.most);
}

const isNational = (length: number, { fewest, most }: NumberingPlan): boolean => length >= fewest && length <= most;

const digitsOf = (line: string): string => line.replace(/\D+/g, '');
