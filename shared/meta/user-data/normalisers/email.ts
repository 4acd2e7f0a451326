import { isAscii } from './letters.ts';
import type { Normaliser } from './normaliser.ts';

// Dot-separated atoms on both sides and at least two labels after the @, as in RFC 5322 without quoting and comments.
// Beyond ASCII every visible character may stand in an address (RFC 6531).
export const asciiAddress =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d](?:[a-z\d-]*[a-z\d])?$/;
const address =
  /^[^\s\p{C}"(),.:;<>@[\\\]]+(?:\.[^\s\p{C}"(),.:;<>@[\\\]]+)*@(?:[^\s\p{C}!-/:-@[-`{-~](?:[^\s\p{C}!-,./:-@[-`{-~]*[^\s\p{C}!-/:-@[-`{-~])?\.)+[^\s\p{C}!-/:-@[-`{-~](?:[^\s\p{C}!-,./:-@[-`{-~]*[^\s\p{C}!-/:-@[-`{-~])?$/u;

/** Lower-case address. Plus tags and dots stay: Meta matches what the person typed, and only Gmail ignores them. */
export const email: Normaliser = (text) => {
  const lower = text.toLowerCase();
  if (isAscii(lower)) return asciiAddress.test(lower) ? lower : undefined;
  const composed = lower.normalize('NFC');
  return address.test(composed) ? composed : undefined;
};
