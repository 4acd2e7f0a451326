// Not \p{ASCII}, which takes milliseconds to compile.
const beyondAscii = /[\u0080-\uffff]/;

export const isAscii = (text: string): boolean => !beyondAscii.test(text);

// Variation selectors are marks too, but all they do is to choose how an emoji looks.
const noLetter = /[^\p{L}\p{M}]+|\p{Variation_Selector}+/gu;

/** Lower-case letters and marks of every script, nothing else. */
export function lettersOnly(text: string): string {
  const lower = text.toLowerCase();
  return isAscii(lower) ? lower.replace(/[^a-z]+/g, '') : lower.replace(noLetter, '').normalize('NFC');
}

/** Lower case without accents: a spelling to look names up with, never one to send. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return isAscii(lower) ? lower : lower.normalize('NFD').replace(/\p{M}+/gu, '');
}
