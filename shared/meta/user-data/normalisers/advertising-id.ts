import { isNobodysId } from './nobody.ts';

const holdsDigit = /\d/;
/** Of this many characters of a UUID some are decimal digits. */
const longestWithoutDigit = 7;
/** Short words that programs have instead of an id, without what stands between their letters. */
const words: ReadonlySet<string> = new Set([
  ...[
    'lat',
    'limited',
    'denied',
    'optout',
    'optedout',
    'blocked',
    'revoked',
    'zero',
    'zeros',
    'zeroes',
    'adid',
    'aaid',
  ],
  ...['gaid', 'idfa', 'idfv', 'madid', 'ifa', 'rida', 'tifa'],
]);
/** Android id that many early phones and emulators have in common. */
const shared = '9774d56d682e549c';

/**
 * Whether an advertising id is that of nobody: only zeros, as phones give it that track nobody, or a word instead of one
 * (`limit_ad_tracking`, `denied`, `IDFA`).
 */
export function isNobodysAdvertisingId(madId: unknown): boolean {
  if (typeof madId !== 'string') return false;
  const text = madId.trim();
  if (!holdsDigit.test(text)) {
    return (
      text.length > longestWithoutDigit || words.has(text.toLowerCase().replace(/[^a-z]/g, '')) || isNobodysId(text)
    );
  }
  return isNobodysId(text) || text.toLowerCase() === shared;
}
