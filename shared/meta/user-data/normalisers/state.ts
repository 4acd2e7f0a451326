import { lazy } from '../../../lib/lazy.ts';
import { countryOf } from './country.ts';
import { fold, lettersOnly } from './letters.ts';
import type { Normaliser } from './normaliser.ts';
import { states } from './states.ts';

type Home = keyof typeof states;

const codes = lazy(
  (): Record<Home, ReadonlyMap<string, string>> => ({ us: readCodes(states.us), ca: readCodes(states.ca) }),
);

function readCodes(table: string): ReadonlyMap<string, string> {
  return new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const code = line.slice(0, 2);
        return [code, ...line.slice(3).split(' | ')].map((spelling) => [fold(lettersOnly(spelling)), code] as const);
      }),
  );
}

const both: readonly Home[] = ['us', 'ca'];
/** Where each country's states are looked up; elsewhere `Georgia` or `Florida` is some other place. */
const homesByCountry = new Map<string, readonly Home[]>([
  ['ca', ['ca']],
  ...['us', 'pr', 'gu', 'vi', 'as', 'mp', 'um'].map((code) => [code, ['us']] as const),
]);

const subdivision = /^(us|ca)[-_\u2010-\u2015](.+)$/is;

/**
 * Two-letter code in the United States and Canada, with or without an ISO 3166-2 prefix (`US-CA`); elsewhere the whole
 * name, letters only.
 */
export const state: Normaliser = (text, context) => {
  const letters = lettersOnly(text);
  if (!/\p{L}\p{M}*\p{L}/u.test(letters)) return undefined;
  const homeCountry = countryOf(context);
  const homes = homeCountry === undefined ? both : (homesByCountry.get(homeCountry) ?? []);
  return codeOf(letters, homes) ?? withoutPrefix(text, homes) ?? letters;
};

const codeOf = (letters: string, homes: readonly Home[]): string | undefined =>
  homes.map((home) => codes()[home].get(fold(letters))).find((code) => code !== undefined);

function withoutPrefix(text: string, homes: readonly Home[]): string | undefined {
  const [, prefix = '', rest = ''] = subdivision.exec(text) ?? [];
  return codeOf(
    lettersOnly(rest),
    homes.filter((home) => home === prefix.toLowerCase()),
  );
}
