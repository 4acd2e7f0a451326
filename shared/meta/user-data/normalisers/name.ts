import { isAscii } from './letters.ts';
import type { Normaliser } from './normaliser.ts';

// ASCII symbols count as punctuation, as in Meta's parameter builder. Format characters such as U+200B are invisible.
const noise = /[\s\p{P}\p{Cc}\p{Cf}$+<=>^`|~]+/gu;

/** First or last name: lower case, without white space and punctuation; letters of every script and accents stay. */
export const name: Normaliser = (text) => {
  const lower = text.toLowerCase();
  return isAscii(lower) ? lower.replace(/[^a-z\d]+/g, '') : lower.replace(noise, '').normalize('NFC');
};
