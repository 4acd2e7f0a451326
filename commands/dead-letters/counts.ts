import type { Letter } from './letter.ts';
import { holdsPersonalData, maskedText, safeText } from './safe-text.ts';

export interface Counts {
  readonly total: number;
  /** How many letters have each stage, code, source, destination and event name; the most frequent first. */
  readonly by: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const dimensions: Readonly<Record<string, (letter: Letter) => string>> = {
  stage: ({ stage }) => stage,
  code: ({ code }) => code,
  source: ({ source }) => source ?? '(none)',
  destination: ({ destination }) => destination ?? '(none)',
  event: ({ eventName }) => shownName(eventName),
};

/** An event name may be anything, even an email address. */
export const shownName = (name: string): string => (holdsPersonalData(name) ? maskedText : name);

export const countLetters = (letters: readonly Letter[]): Counts => ({
  total: totalOf(letters),
  by: Object.fromEntries(Object.entries(dimensions).map(([name, read]) => [name, tally(letters, read)])),
});

/** Events that letters stand for. */
export const totalOf = (letters: readonly Letter[]): number => letters.reduce((sum, { events }) => sum + events, 0);

function tally(letters: readonly Letter[], read: (letter: Letter) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(read(letter), (counts.get(read(letter)) ?? 0) + letter.events);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

const shownValues = 10;

/**
 * The counts for a terminal.
 *
 * @param lookedAt how many letters there were to choose from
 */
export function countLines({ total, by }: Counts, lookedAt: number): string[] {
  if (lookedAt === 0) return ['No dead letters.'];
  if (total === 0) return [`No dead letter matches; ${lookedAt} ${lookedAt === 1 ? 'was' : 'were'} looked at.`];
  const lines = Object.entries(by).map(([dimension, counts]) => {
    const all = Object.entries(counts);
    const shown = all.slice(0, shownValues).map(([value, count]) => `${safeText(value, 60)} ${count}`);
    const rest = all.length > shownValues ? `, and ${all.length - shownValues} others` : '';
    return `  ${dimension.padEnd(12)} ${shown.join(', ')}${rest}`;
  });
  return [plural(total, 'dead letter'), ...lines];
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
