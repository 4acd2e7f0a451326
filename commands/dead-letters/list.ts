import type { Command } from './command.ts';
import { countLetters, countLines } from './counts.ts';
import { letterFacts, letterLines } from './describe-letter.ts';

/** Counts, then one line per letter. */
export const list: Command = async ({ selected, lookedAt, now, say }) => {
  const letters = selected.flatMap((message) => message.letters);
  const counts = countLetters(letters);
  for (const line of countLines(counts, lookedAt)) say(line);
  if (letters.length > 0) say('');
  for (const line of letterLines(letters, now)) say(line);
  return { json: { counts, letters: letters.map((letter) => letterFacts(letter, now)) }, failed: false };
};
