import { countryOf } from './country.ts';
import type { MatchKeyContext, Normaliser } from './normaliser.ts';

// ZIP+4 with its dash, whatever trails it, or as nine plain digits.
const zipPlusFour = /^(\d{5})(?:\p{Pd}\d{4}.*|\d{4})$/su;

const zipCountries = new Set(['us', 'pr', 'gu', 'vi', 'as', 'mp']);

/**
 * Lower-case letters and digits. A United States ZIP is cut to five digits; elsewhere nothing is cut.
 *
 * Without a country, whatever looks like ZIP+4 is taken for one.
 */
export const postalCode: Normaliser = (text, context) => {
  const compact = text.toLowerCase().replace(/\s+/g, '');
  const zip = mayBeZip(context) ? zipPlusFour.exec(compact)?.[1] : undefined;
  const code = zip ?? compact.replace(/[^\p{L}\p{N}]+/gu, '').normalize('NFC');
  return code.length >= 2 ? code : undefined;
};

function mayBeZip(context: MatchKeyContext): boolean {
  const code = countryOf(context);
  return code === undefined || zipCountries.has(code);
}
