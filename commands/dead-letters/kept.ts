import type { Letter } from './letter.ts';

/** A message that stays in the dead letter queue, and why. */
export interface Kept {
  readonly id: string;
  readonly events: number;
  readonly why: string;
}

/** One line per reason. */
export const keptLines = (kept: readonly Kept[]): string[] =>
  [...Map.groupBy(kept, ({ why }) => why)].map(
    ([why, group]) => `  stays (${group.reduce((sum, { events }) => sum + events, 0)}): ${why}`,
  );

export const countEvents = (messages: readonly { readonly letters: readonly Letter[] }[]): number =>
  messages.reduce((sum, { letters }) => sum + eventsOf(letters), 0);

/** Events that letters stand for: those that were only counted share one. */
export const eventsOf = (letters: readonly Letter[]): number => letters.reduce((sum, { events }) => sum + events, 0);
