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
  total: letters.length,
  by: Object.fromEntries(Object.entries(dimensions).map(([name, read]) => [name, tally(letters.map(read))])),
});

function tally(all: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1);
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
