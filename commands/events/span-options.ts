import * as z from 'zod';
import { readDuration } from '../dead-letters/duration.ts';
import { text } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import type { Span } from './record-store.ts';

/** A time as it was written, and what it means at some moment, in epoch milliseconds. */
export interface Moment {
  readonly text: string;
  at(now: number): number;
}

const dayMs = 86_400_000;
const wrong = 'is no time such as 2026-03-10, 2026-03-10T08:00:00Z, 90m or 2d';

/** `2026-03-10`, `2026-03-10T08:00Z`, or how long ago: `90m`, `2d`. */
function momentOf(text: string, isEnd: boolean): Moment | undefined {
  const ago = readDuration(text);
  if (ago !== undefined) return { text, at: (now) => now - ago };
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  // A day counts whole.
  const end = isEnd && text.length === '2026-03-10'.length ? at + dayMs - 1 : at;
  return { text, at: () => end };
}

const reading = (isEnd: boolean) =>
  z
    .string()
    .transform((given, { addIssue }): Moment => {
      const read = momentOf(given, isEnd);
      if (read !== undefined) return read;
      addIssue(wrong);
      return z.NEVER;
    })
    .optional();

const moment = reading(false);
const lastMoment = reading(true);

const sinceHelp = (fallback: string): string =>
  `from this time, or so long ago: 2h, 3d, 2026-03-10; ${fallback} if left out`;

/** Options of a span that ends now or at a time. */
export const spanOptions = (fallback: string) => ({
  since: text('<time>', sinceHelp(fallback), moment),
  until: text('<time>', 'up to this time, or so long ago; now if left out', lastMoment),
});

/** Options of a span that has to be named. */
export const rangeOptions = {
  from: text('<time>', 'from this time, or so long ago: 2026-03-10, 2026-03-10T08:00:00Z, 26h', moment),
  to: text('<time>', 'up to this time, or so long ago; a day counts whole; now if left out', lastMoment),
};

/** @param fallbackMs how long ago the span begins where nothing is said */
export function spanOf(
  { since, until }: { readonly since: Moment | undefined; readonly until: Moment | undefined },
  now: Date,
  fallbackMs: number,
): Span {
  const at = now.getTime();
  const span = { from: since?.at(at) ?? at - fallbackMs, to: until?.at(at) ?? at };
  if (span.from > span.to) throw new UsageError('the time begins after it ends');
  return span;
}
