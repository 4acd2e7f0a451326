import { isNobody } from './normalisers/nobody.ts';

/** Titles in front of a name, without dots: no part of it. */
const titles = new Set(
  `mr mrs ms miss mx master sir madam madame dame lord lady dr doctor prof professor rev reverend fr father hon
    capt captain col maj sgt lt herr frau mme mlle monsieur sr sra srta señor señora señorita sig signor signora sigra
    signorina dott dottssa dottoressa profssa dra profa drs drssa avv dhr mevr fru frk ing dipl-ing dr-ing univ-prof
    priv-doz maga dkfm pani smt shri`.split(/\s+/),
);
/** Titles that only a point tells from a name. */
const abbreviated = new Set(
  `mag. eng. engr. atty. adv. arq. arch. lic. gen. cpl. pvt. fam. med. jur. phil. rer. nat. pol. h.c.`.split(' '),
);
/** Suffixes of a name, without dots. Those that are also a surname, such as Ma and Do, are left out. */
const suffixes = new Set(
  `jr jnr junior sr snr senior ii iii iv esq esquire phd dphil md dds dmd llb llm mba msc bsc cpa obe mbe cbe
    inc llc ltd gmbh`.split(/\s+/),
);

/** `Jane Doe <jane@shop.example>`, as mail programs write it. */
const addressBehind = /(?<=\S\s*)<[^<>\s]*@[^<>\s]*>\s*$/;
/** `Mr.John Doe` */
const gluedTitle = /^\s*((?:mr|mrs|ms|dr|prof)\.)(?!ssa\b)(?=\p{L}{2})/iu;

/** An email address, whatever stands around it, or what was meant to be one. */
const addressOnly = /^[^\s@]+@[^\s@]+(?:\s+[^\s@]+@[^\s@]+)*$/;

/** Longer texts are no name of a person. */
const longestName = 1_000;
const mostWords = 50;

export interface NameParts {
  readonly first: string;
  readonly last: string;
}

/**
 * First and last name out of a full one: the first word and the rest, or the parts of `Last, First` the other way round.
 * Titles in front and suffixes behind are left out.
 *
 * @returns undefined for an email address, a number, a word that means nobody, or where nothing but titles is left
 */
export function splitFullName(fullName: string): NameParts | undefined {
  const text = fullName.slice(0, longestName).replace(addressBehind, '').replace(gluedTitle, '$1 ').trim();
  // A name has no @ within a word, and letters.
  if (isNobody(text) || addressOnly.test(text) || !/\p{L}/u.test(text)) return undefined;
  const parts = text
    .split(/[,;，]/, mostWords)
    .map((part) => part.split(/\s+/, mostWords).filter((word) => word !== ''))
    // The second part of `John Doe, Jr.` is no first name.
    .filter((words) => words.length > 0 && !words.every(isSuffix));
  const [before = [], ...behind] = parts.map(withoutAffixes);
  const [first, last] = behind.length > 0 ? [behind.flat(), before] : [before.slice(0, 1), before.slice(1)];
  return first.length + last.length === 0 ? undefined : { first: first.join(' '), last: last.join(' ') };
}

const bare = (word: string): string => word.toLowerCase().replace(/\./g, '');
const isTitle = (word: string): boolean => titles.has(bare(word)) || abbreviated.has(word.toLowerCase());
const isSuffix = (word: string): boolean => suffixes.has(bare(word));

function withoutAffixes(words: readonly string[]): readonly string[] {
  let start = 0;
  let end = words.length;
  while (start < end && isTitle(words[start] as string)) start++;
  while (end > start + 1 && isSuffix(words[end - 1] as string)) end--;
  return words.slice(start, end);
}
