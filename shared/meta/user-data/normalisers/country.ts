import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { lazy } from '../../../lib/lazy.ts';
import { memoize } from '../../../lib/memoize.ts';
import { countryNames } from './country-names.ts';
import { fold, isAscii } from './letters.ts';
import type { MatchKeyContext, Normaliser } from './normaliser.ts';

const smallWords = new Set(['the', 'of', 'and']);
const fullWords = new Map([
  ['st', 'saint'],
  ['sint', 'saint'],
]);

const alpha2ByCode = new Map<string, string>();
for (const [alpha2 = '', alpha3 = ''] of codes) {
  for (const code of [alpha2, alpha3]) alpha2ByCode.set(code.toLowerCase(), alpha2.toLowerCase());
}

/** Most senders use codes, so the names are only written out for the others. */
const alpha2BySpelling = lazy(() => {
  const spellings = new Map(alpha2ByCode);
  const addName = (name: string, alpha2: string): void => {
    spellings.set(joined(name), alpha2);
    spellings.set(sortedWords(name), alpha2);
  };
  for (const { code, names } of countryNames()) for (const name of names) addName(name, code);
  return spellings;
});

/**
 * ISO 3166-1 alpha-2 code in lower case, from itself, an alpha-3 code, a name in English or in the country's own
 * language, both together as shops label a country (`United Kingdom (UK)`), a locale (`de-DE`) or a flag.
 *
 * Only whole names count, in any word order (`Korea, Republic of`): a wrong country is worse than none.
 */
export const country: Normaliser = (text) => alpha2ByCode.get(text) ?? alpha2OfName(text) ?? undefined;

const alpha2OfName = memoize((text) => wholeName(text) ?? labelled(text) ?? inLocale(text) ?? ofFlag(text) ?? null);

/** `es-419` is Spanish of all of Latin America. */
const areaLocale = /^[a-z]{2,3}[-_]\d{3}$/i;

const wholeName = (text: string): string | undefined =>
  areaLocale.test(text)
    ? undefined
    : (alpha2BySpelling().get(joined(text)) ?? alpha2BySpelling().get(sortedWords(text)));

const label = /^([^()[\]]*)[([]([^()[\]]*)[)\]]([^()[\]]*)$/;
const pair = /^(.+?)(?:\s+[-\u2010-\u2015|]\s+|\s*[:/]\s*)(.+)$/;

/**
 * A name with its code in brackets, if both are of one country or the brackets hold nothing that is known; or beside it, as in
 * `DE - Germany`, if both are of one country.
 */
function labelled(text: string): string | undefined {
  const [, before = '', within = '', behind = ''] = label.exec(text) ?? [];
  const outside = wholeName(before.trim() || behind.trim());
  if (outside !== undefined) {
    const inside = wholeName(within);
    return inside === undefined || inside === outside ? outside : undefined;
  }
  const [, first = '', second = ''] = pair.exec(text) ?? [];
  const named = wholeName(first);
  return named === wholeName(second) ? named : undefined;
}

const locale = /^([a-z]{2,3})(?:[-_][a-z]{4})?[-_]([a-z]{2,3})$/i;
/** Codes of countries that are hardly the language of a locale: what follows is a part of the country. */
const noLanguages: ReadonlySet<string> = new Set(['us', 'gb', 'au', 'nz', 'mx', 'jp', 'cn', 'in', 'br', 'ch', 'at']);

/**
 * The country of a locale (`de-DE`, `en_US`, `zh-Hans-CN`) or of a part of a country (`US-CA`, `GB-ENG`), as far as only one of
 * the two can be meant: a locale's language is in lower case.
 */
function inLocale(text: string): string | undefined {
  const [, before = '', behind = ''] = locale.exec(text) ?? [];
  const first = before.length === 2 ? alpha2ByCode.get(before.toLowerCase()) : undefined;
  const second = alpha2ByCode.get(behind.toLowerCase());
  if (first === undefined || second === undefined || first === second) return second ?? first;
  if (noLanguages.has(first)) return first;
  return before === before.toLowerCase() ? second : undefined;
}

/** A flag is written with the letters of its country's code. */
function ofFlag(text: string): string | undefined {
  const [first, second, ...others] = Array.from(text, (letter) => (letter.codePointAt(0) ?? 0) - 0x1f1e6);
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  return first < 0 || first > 25 || second < 0 || second > 25
    ? undefined
    : alpha2ByCode.get(String.fromCharCode(first + 0x61, second + 0x61));
}

const longestName = 200;

/** The code of the person's own country, as far as the context tells a real one. */
export function countryOf(context: MatchKeyContext): string | undefined {
  const name = context.country;
  return name === undefined || name.length > longestName ? undefined : country(name, context);
}

/** `U.S.A.` and `United-States` as one word. */
function joined(text: string): string {
  return wordsOf(fold(text)).join('');
}

/** The words that matter in alphabetical order, so that inverted formal names meet the plain ones. */
function sortedWords(text: string): string {
  const words = wordsOf(
    fold(text)
      .replace(/['’]/g, '')
      // `U.S.` is one word.
      .replace(/(?<=\b[a-z])\.(?=[a-z]\b)/g, ''),
  );
  return words
    .filter((word) => !smallWords.has(word))
    .map((word) => fullWords.get(word) ?? word)
    .sort()
    .join(' ');
}

function wordsOf(folded: string): readonly string[] {
  return folded.split(isAscii(folded) ? /[^a-z]+/ : /\P{L}+/u).filter((word) => word !== '');
}
