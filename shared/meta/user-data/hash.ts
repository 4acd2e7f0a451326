import { lazy } from '../../lib/lazy.ts';
import { md5Hex } from '../../lib/md5.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import type { DropCode } from '../../reasons/drop-reasons.ts';
import { appendix } from './normalisers/appendix.ts';
import { nobodyIds, nobodyWords } from './normalisers/nobody.ts';

/** Outcome of one raw value: the digest to send, or why the value was left out. Neither text ever holds the value. */
export type Digest =
  | { readonly digest: string; readonly warning?: 'match_key_md5'; readonly dropped?: never }
  | { readonly dropped: DropCode; readonly digest?: never };

const sha256 = /^[\da-f]{64}$/i;
const md5 = /^[\da-f]{32}$/i;
const sha256WithAppendix = new RegExp(`^([\\da-fA-F]{64})\\.${appendix}$`);

// What a sender gets who hashes without looking: it would match everybody else who did the same.
const emptyDigests = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'd41d8cd98f00b204e9800998ecf8427e',
]);
const onlyZeros = /^0+$/;

/**
 * A value that its sender hashed already, or undefined for any other text.
 *
 * SHA-256 in any case becomes lower case. A digest with the appendix of Meta's parameter builder stays byte for byte.
 *
 * @param value without surrounding white space
 */
export function existingDigest(value: string): Digest | undefined {
  if (value.length === 32 && md5.test(value)) return unlessEmpty(value.toLowerCase(), { warning: 'match_key_md5' });
  if (value.length < 64) return undefined;
  if (sha256.test(value)) return unlessEmpty(value.toLowerCase());
  const untagged = sha256WithAppendix.exec(value)?.[1];
  if (untagged === undefined) return undefined;
  return isEmpty(untagged.toLowerCase()) ? { dropped: 'digest_of_nobody' } : { digest: value };
}

const isEmpty = (digest: string): boolean => emptyDigests.has(digest) || onlyZeros.test(digest);

const unlessEmpty = (digest: string, remarks: { readonly warning?: 'match_key_md5' } = {}): Digest =>
  isEmpty(digest) ? { dropped: 'digest_of_nobody' } : { digest, ...remarks };

/** Digests of what means nobody, which are only needed once a sender hashes by itself. */
interface DigestsOfNobody {
  readonly names: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

function digestsWith(hash: (text: string) => string): DigestsOfNobody {
  const names = new Set(spelledNames().map(hash));
  return { names, ids: new Set([...names, ...spelledIds().map(hash)]) };
}

const digestsBySha256 = new WeakMap<Sha256, DigestsOfNobody>();
const digestsByMd5 = lazy(() => digestsWith(md5Hex));

/**
 * Whether a digest was made of a word that means nobody: `null`, `N/A`, `guest`.
 *
 * @param digest SHA-256 or MD5 as {@link existingDigest} gives it
 * @param kind of ids more words mean nobody than of names
 */
export function isDigestOfNobody(digest: string, kind: keyof DigestsOfNobody, sha256: Sha256): boolean {
  if (digest.length === 32) return digestsByMd5()[kind].has(digest);
  let known = digestsBySha256.get(sha256);
  if (known === undefined) {
    known = digestsWith(sha256);
    digestsBySha256.set(sha256, known);
  }
  return known[kind].has(digest.slice(0, 64).toLowerCase());
}

const lengths = Array.from({ length: 20 }, (_, index) => index + 1);

/** Texts that mean nobody without being a word. */
const otherNothings: readonly string[] = [
  ...[
    'NaN',
    ' ',
    '-',
    '--',
    '---',
    '.',
    '?',
    '_',
    '0.0',
    '{}',
    '[]',
    '()',
    '""',
    "''",
    '-1',
    '00000000-0000-0000-0000-000000000000',
  ],
  ...lengths.map((length) => '0'.repeat(length)),
];

const spelledNames = (): string[] => [...new Set([...otherNothings, ...nobodyWords.flatMap(spellings)])];

/** Also the addresses that forms are filled in with: `none@none.com`. */
const spelledIds = (): string[] => [
  ...new Set([...nobodyIds.flatMap(spellings), ...[...nobodyWords, ...nobodyIds].flatMap(addresses)]),
];

const addresses = (word: string): readonly string[] =>
  /^[a-z/]+$/.test(word) ? ['', '.com', '.de', '.net', '.org'].map((ending) => `${word}@${word}${ending}`) : [];

/** A word as senders spell it before they hash it: as it is, normalised, in other cases, twice, and in brackets or quotes. */
function spellings(word: string): readonly string[] {
  const title = word.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const cases = [word, word.toUpperCase(), title, word.charAt(0).toUpperCase() + word.slice(1)];
  const joined = word.replace(/[^\p{L}\d]/gu, '');
  const camel = word.replace(/\b[a-z]/g, (letter, at: number) => (at === 0 ? letter : letter.toUpperCase()));
  return [
    ...cases,
    // `na` is a name; what `n/a` is normalised to cannot be told from it.
    ...(joined.length > 2 ? [joined] : []),
    ...cases.flatMap((each) => [`(${each})`, `[${each}]`, `<${each}>`, `"${each}"`, `${each}.`, `${each} ${each}`]),
    ...[`[${camel}]`, `[${joined}]`],
    word.replaceAll(' ', '_'),
    word.replaceAll(' ', '-'),
  ];
}
