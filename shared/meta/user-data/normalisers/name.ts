import { email } from './email.ts';
import { isAscii } from './letters.ts';
import type { Normaliser } from './normaliser.ts';

// ASCII symbols count as punctuation, as in Meta's parameter builder. Format characters such as U+200B are invisible.
const noise = /[\s\p{P}\p{Cc}\p{Cf}$+<=>^`|~]+/gu;

/**
 * First or last name: lower case, without white space and punctuation; letters of every script and accents stay. An email
 * address is no name.
 */
export const name: Normaliser = (text, context) => {
  const lower = text.toLowerCase();
  if (lower.includes('@') && email(lower, context) !== undefined) return undefined;
  return (isAscii(lower) ? lower.replace(/[^a-z\d]+/g, '') : lower.replace(noise, '').normalize('NFC')) || undefined;
};
