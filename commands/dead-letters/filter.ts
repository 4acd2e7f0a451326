import type { Letter } from './letter.ts';

/** Which letters are meant. What is left out restricts nothing; of several values of one member any will do. */
export interface Filter {
  readonly code?: readonly string[] | undefined;
  readonly stage?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly destination?: readonly string[] | undefined;
  readonly event?: readonly string[] | undefined;
  /** SQS's id of the message, or the event's own. */
  readonly id?: readonly string[] | undefined;
  /** Time since the first failure. */
  readonly olderThanMs?: number | undefined;
  readonly newerThanMs?: number | undefined;
}

/** By what a letter can be found. */
const values = {
  code: ({ code }) => [code],
  stage: ({ stage }) => [stage],
  source: ({ source }) => [source],
  destination: ({ destination }) => [destination],
  event: ({ eventName }) => [eventName],
  id: ({ id, messageId }) => [id, messageId],
} satisfies Record<string, (letter: Letter) => readonly (string | undefined)[]>;

export type FilterName = keyof typeof values;
export const filterNames = Object.keys(values) as readonly FilterName[];

export function matchesFilter(letter: Letter, filter: Filter, now: Date): boolean {
  const ageMs = now.getTime() - letter.firstFailedAt.getTime();
  return (
    ageMs > (filter.olderThanMs ?? Number.NEGATIVE_INFINITY) &&
    ageMs < (filter.newerThanMs ?? Number.POSITIVE_INFINITY) &&
    filterNames.every((name) => filter[name]?.some((wanted) => values[name](letter).includes(wanted)) ?? true)
  );
}
