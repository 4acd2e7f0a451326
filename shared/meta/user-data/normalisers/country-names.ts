import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { countryAliases, countryNeighbourNames, countryOwnNames } from './country-aliases.ts';

interface CountryNames {
  /** Alpha-2 code in lower case. */
  readonly code: string;
  readonly names: readonly string[];
}

/** Every name of every country that is known, some countries several times; the later line counts where two have a name. */
export const countryNames = (): readonly CountryNames[] => [
  ...Object.entries(english.countries).map(([code, names]) => ({ code: code.toLowerCase(), names: [names].flat() })),
  ...[countryAliases, countryOwnNames, countryNeighbourNames]
    .flatMap((lines) => lines.trim().split('\n'))
    .map((line) => ({ code: line.slice(0, 2), names: line.slice(3).split(' | ') })),
];
