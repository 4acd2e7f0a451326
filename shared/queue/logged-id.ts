import type { Sha256 } from '../lib/sha256/sha256.ts';

// Libraries make ids of letters and digits. One that a sender made of an address or a sentence looks different.
const plainId = /^(?=.*[A-Za-z])(?=.*\d)[\w.:-]{1,100}$/;
const uuid = /^\d{8}(?:-\d{4}){3}-\d{12}$/;

const hexUuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** UUIDs, digests and other long hexadecimal numbers: nobody's name or number, though digits may stand together in them. */
const machineNumbers = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<![\da-z])(?=\d*[a-f])[\da-f]{20,}(?![\da-z])/gi;

/** Unix seconds and milliseconds from 2014 to 2033, and dates and times without signs between their parts. */
const time = /^(?:1[4-9]\d{8}|1[4-9]\d{11}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}|\d{9})?)$/;

/** As many digits together as the shortest phone number has. */
const manyDigits = /\d{7,}/g;

/** `jane.doe1984`, `jane_doe_1`, `Jane1984`: words of letters, at most followed by digits. */
const nameLike = /^(?:[a-z]{2,}(?:[._-][a-z]{2,})+[\d._:-]*|[a-z]{3,}(?:19|20)\d\d)$/i;

/**
 * A message id as a log may show it: itself, or `sha256:` and the first 16 hex digits of its digest where the id may be
 * an email address, a phone number or a name.
 */
export const loggedId = (messageId: string, sha256: Sha256): string =>
  isHarmlessId(messageId) ? messageId : `sha256:${sha256(messageId).slice(0, 16)}`;

/** Whether an id looks like one that a library made, and not like an address, a phone number or a name. */
export function isHarmlessId(id: string): boolean {
  if (hexUuid.test(id)) return true;
  if (!plainId.test(id)) return uuid.test(id);
  const rest = id.replace(machineNumbers, '');
  const numbers = rest.match(manyDigits) ?? [];
  if (numbers.some((digits) => !time.test(digits))) return false;
  const isMadeByLibrary = rest !== id || numbers.length > 0;
  return isMadeByLibrary || !nameLike.test(id);
}
