import { asText } from './as-text.ts';
import { isInherited, type Steps } from './path.ts';

/** Where a value is looked for: the first of the paths that holds something, empty text not counting, decides. */
export type FirstOf = readonly Steps[];

/** Fills in what each field found. */
export type Lookups = (input: unknown, found: unknown[]) => void;

interface Holder {
  /** Index of the holder it stands in; the input itself is 0. */
  readonly within: number;
  readonly key: string;
}

/**
 * Compiles the lookups of several fields into one: what many of their paths begin with (`context.traits`) is walked once
 * for all of them.
 *
 * @returns undefined when a key is one that objects inherit, which takes more care
 */
export function compileLookups(fields: readonly FirstOf[]): Lookups | undefined {
  if (fields.some((paths) => paths.some((steps) => steps.length === 0 || steps.some(isInherited)))) return undefined;
  const holders: Holder[] = [];
  const places = fields.map((paths) =>
    paths.map((steps) => ({ within: holderOf(steps.slice(0, -1), holders), key: steps.at(-1) as string })),
  );
  return (input, found) => {
    const walked: unknown[] = [input];
    for (const { within, key } of holders) walked.push(memberOf(walked[within], key));
    for (let field = 0; field < places.length; field++) found[field] = firstValue(places[field] as Holder[], walked);
  };
}

function firstValue(places: readonly Holder[], walked: readonly unknown[]): unknown {
  let value: unknown;
  for (const { within, key } of places) {
    value = memberOf(walked[within], key);
    if (!isEmptyText(value)) return value;
  }
  return value;
}

/** As a path is walked: what is falsy on the way is what the path gives. */
const memberOf = (holder: unknown, key: string): unknown =>
  holder ? (holder as Record<string, unknown>)[key] : holder;

/** Whether a value leaves nothing where it is written as text. */
export const isEmptyText = (value: unknown): boolean =>
  Array.isArray(value) ? asText(value, '') === '' : value === undefined || value === null || value === '';

/** The index of the holder at the end of some steps; those that are missing are added. */
function holderOf(steps: Steps, holders: Holder[]): number {
  let within = 0;
  for (const key of steps) {
    const known = holders.findIndex((holder) => holder.within === within && holder.key === key);
    within = known === -1 ? holders.push({ within, key }) : known + 1;
  }
  return within;
}
