import { once } from '../once.ts';
import { asciiDigits } from './ascii-digits.ts';
import { callingCodes } from './calling-codes.ts';
import { countryOf } from './country.ts';
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

/** Nothing to find out: what nearly all numbers look like that a form has checked. */
const written = /^\+[1-9](?:[ -]?\d){6,14}$/;

const fewestDigits = 7;
const mostDigits = 15;

/**
 * Digits of an international number without leading zeros, 7 to 15 of them (E.164). An extension is cut off.
 *
 * A number without `+` or `00` gets the calling code of the country in the context, if the number can be one of that
 * country and does not carry the code already. Without a country its digits stay as they are.
 */
export const phone: Normaliser = (text, context) => {
  if (written.test(text)) return digitsOf(text);
  const line = withoutExtension(asciiDigits(text));
  const digits = internationalDigits(line, planOf(context)).replace(/^0+/, '');
  return digits.length >= fewestDigits && digits.length <= mostDigits ? digits : undefined;
};

function withoutExtension(line: string): string {
  const number = line.replace(extension, '');
  return digitsOf(number).length < fewestDigits ? line : number;
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
