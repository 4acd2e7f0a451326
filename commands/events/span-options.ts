import * as z from 'zod';
import { readDuration } from '../dead-letters/duration.ts';
import { text } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import type { Span } from './record-store.ts';

/** A time, or how long ago: `2026-03-10`, `2026-03-10T08:00Z`, `90m`, `2d`. @returns epoch milliseconds, or a function of now */
const moment = z
  .string()
  .transform((given, { addIssue }): ((now: number) => number) => {
    const ago = readDuration(given);
    if (ago !== undefined) return (now) => now - ago;
    const at = /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : Number.NaN;
    if (!Number.isNaN(at)) return () => at;
    addIssue('is no time such as 2026-03-10, 2026-03-10T08:00:00Z, 90m or 2d');
    return z.NEVER;
  })
  .optional();

/** A day as a whole, for the end of a span. */
const isDay = (given: string): boolean => /^\d{4}-\d\d-\d\d$/.test(given);

const lastMoment = z
  .string()
  .transform((given, context): ((now: number) => number) => {
    const at = moment.parse(given, { error: () => 'is no time such as 2026-03-10, 2026-03-10T08:00:00Z, 90m or 2d' });
    if (at === undefined) {
      context.addIssue('is no time');
      return z.NEVER;
    }
    return isDay(given) ? (now) => at(now) + 86_400_000 - 1 : at;
  })
  .optional();

const sinceHelp = (fallback: string): string =>
  `from this time, or so long ago: 2h, 3d, 2026-03-10; ${fallback} if left out`;

/** Options of a span that ends now or at a time. */
export const spanOptions = (fallback: string) => ({
  since: text('<time>', sinceHelp(fallback), moment),
  until: text('<time>', 'up to this time, or so long ago; now if left out', lastMoment),
});

type Moment = ((now: number) => number) | undefined;

/** @param fallbackMs how long ago the span begins where nothing is said */
export function spanOf(
  { since, until }: { readonly since: Moment; readonly until: Moment },
  now: Date,
  fallbackMs: number,
): Span {
  const at = now.getTime();
  const span = { from: since?.(at) ?? at - fallbackMs, to: until?.(at) ?? at };
  if (span.from > span.to) throw new UsageError('the time begins after it ends');
  return span;
}
