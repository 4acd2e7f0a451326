import { countryOf } from './country.ts';
import type { Normaliser } from './normaliser.ts';

// ZIP+4 with its dash, whatever trails it, or as nine plain digits; a leading zero may be lost.
const zipPlusFour = /^(\d{3,5})(?:\p{Pd}\d{4}.*|\d{4})$/su;

const zipCountries = new Set(['us', 'pr', 'gu', 'vi', 'as', 'mp']);

/** A whole number as a spreadsheet writes it. */
const wholeFloat = /^(\d+)[.,]0+$/;

/**
 * Digits of a country's postal codes where these are digits alone and some begin with a zero, which spreadsheets and numbers
 * in JSON lose.
 */
const digitsIn: ReadonlyMap<string, number> = new Map([
  ...[...zipCountries, 'de', 'es', 'fi', 'fr', 'it', 'mx', 'tr'].map((country) => [country, 5] as const),
  ...['au', 'nz'].map((country) => [country, 4] as const),
]);
/** A country in front of a code of digits, as on letters: `D-10115`, `CH-8001`. */
const countryBefore = /^[a-z]{1,3}\p{Pd}(?=\d+$)/u;

/** Of fewer digits nobody knows whether a zero is all that was lost. */
const fewestDigits = 3;

/**
 * Lower-case letters and digits. A United States ZIP is cut to five digits and gets back leading zeros that were lost;
 * elsewhere nothing is cut.
 *
 * Without a country, whatever looks like ZIP+4 is taken for one, but no zeros are put back.
 */
export const postalCode: Normaliser = (text, context) => {
  const country = countryOf(context);
  const written = text.toLowerCase().replace(/\s+/g, '').replace(wholeFloat, '$1');
  const compact = country === undefined ? written : written.replace(countryBefore, '');
  const isZip = country === undefined || zipCountries.has(country);
  const zip = isZip ? zipOf(compact, country !== undefined) : undefined;
  const code = zip ?? compact.replace(/[^\p{L}\p{N}]+/gu, '').normalize('NFC');
  const whole = country === undefined ? code : withLeadingZeros(code, digitsIn.get(country) ?? 0);
  return whole.length >= 2 ? whole : undefined;
};

/** @param mayHaveLostZeros only where the country is known: elsewhere seven digits are no ZIP+4 */
function zipOf(compact: string, mayHaveLostZeros: boolean): string | undefined {
  const zip = zipPlusFour.exec(compact)?.[1];
  return zip !== undefined && (zip.length === 5 || mayHaveLostZeros) ? zip : undefined;
}

const withLeadingZeros = (code: string, digits: number): string =>
  code.length >= fewestDigits && code.length < digits && /^\d+$/.test(code) ? code.padStart(digits, '0') : code;
