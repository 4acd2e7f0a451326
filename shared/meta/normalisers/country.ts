import { countries } from './countries.ts';
import { fold, isAscii } from './letters.ts';
import type { MatchKeyContext, Normaliser } from './normaliser.ts';

const smallWords = new Set(['the', 'of', 'and']);
const fullWords = new Map([
  ['st', 'saint'],
  ['sint', 'saint'],
]);

const alpha2BySpelling = new Map<string, string>();
for (const line of countries.trim().split('\n')) {
  const [alpha2 = '', alpha3 = ''] = line.split(' ', 2);
  const spellings = line
    .slice(7)
    .split(' | ')
    .flatMap((name) => [joined(name), sortedWords(name)]);
  for (const spelling of [alpha2, alpha3, ...spellings]) alpha2BySpelling.set(spelling, alpha2);
}

/**
 * ISO 3166-1 alpha-2 code in lower case, from itself, an alpha-3 code or an English name.
 *
 * Only whole names count, in any word order (`Korea, Republic of`): a wrong country is worse than none.
 */
export const country: Normaliser = (text) =>
  alpha2BySpelling.get(text) ?? alpha2BySpelling.get(joined(text)) ?? alpha2BySpelling.get(sortedWords(text));

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
