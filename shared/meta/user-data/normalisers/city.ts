import { lettersOnly } from './letters.ts';
import type { Normaliser } from './normaliser.ts';

/** Lower-case letters only, accents and every script kept: Meta asks for UTF-8, though its parameter builder deletes it. */
export const city: Normaliser = (text) => {
  const letters = lettersOnly(text);
  return /\p{L}/u.test(letters) ? letters : undefined;
};
