import { problems } from '../../reasons/problems.ts';
import { fill } from '../../reasons/reason.ts';
import type { Problem } from './problem.ts';
import { unixMs } from '../../segment/time-forms.ts';
import { metaLimits } from '../limits.ts';
import { memoize } from '../../lib/memoize.ts';

/**
 * Timestamp as JSON writes a Date, which is how nearly every event tells its time: read in half the time of Date.parse.
 */
const timestamp = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** The events of an hour share one or two days. NaN for the 45th and its like. */
const midnightOf = memoize((day) => Date.parse(`${day}T00:00:00.000Z`));

/** ISO 8601 without an offset, which Date.parse would read in the zone of the machine. */
const withoutOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
// Without a year, Date.parse takes "item 5" for a day in May 2001.
const holdsYear = /\d{4}/;
const unixTime = /^-?\d+(\.\d+)?$/;
/** Java's `ZonedDateTime` writes its zone behind the offset. */
const zoneName = /\[[A-Za-z][A-Za-z0-9/_+-]*\]$/;
const commaFraction = /(?<=:\d{2}),(?=\d)/;

/**
 * Reads a time as mappings give it: ISO 8601 text (in UTC unless it has an offset), or Unix seconds, milliseconds,
 * microseconds or nanoseconds as a number or its text.
 *
 * @returns undefined for anything that is no time
 */
export const readEventTime = (raw: string): Date | undefined => fastEventTime(raw) ?? generalEventTime(raw);

/** Fast twin of {@link generalEventTime} for times of the form that nearly all have: undefined for all others. */
function fastEventTime(raw: string): Date | undefined {
  return timestamp.test(raw) ? dateOf(timestampMs(raw)) : undefined;
}

/** The rule: times of every form. */
export function generalEventTime(raw: string): Date | undefined {
  const text = raw.trim();
  if (unixTime.test(text)) return dateOf(unixMs(Number(text)));
  if (!holdsYear.test(text)) return undefined;
  const iso = text.replace(zoneName, '').replace(commaFraction, '.');
  return dateOf(Date.parse(withoutOffset.test(iso) ? `${iso}Z` : iso));
}

function timestampMs(text: string): number {
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14);
  const seconds = minutes * 60 + twoDigits(text, 17);
  return midnightOf(text.slice(0, 10)) + seconds * 1_000 + (text.length === 24 ? threeDigits(text, 20) : 0);
}

const digit = (text: string, index: number): number => text.charCodeAt(index) - 48;
const twoDigits = (text: string, index: number): number => digit(text, index) * 10 + digit(text, index + 1);
const threeDigits = (text: string, index: number): number => twoDigits(text, index) * 10 + digit(text, index + 2);

function dateOf(time: number): Date | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export const maxEventAgeMs = (actionSource: string): number =>
  actionSource === 'physical_store' ? metaLimits.physicalStoreEventAgeMs : metaLimits.eventAgeMs;

/** Whole Unix seconds of a time that Meta takes now, or why it does not. A clock slightly ahead counts as now. */
export function settleEventTime(occurredAt: Date, actionSource: string, now: Date): number | Problem {
  const seconds = Math.floor(Math.min(occurredAt.getTime(), now.getTime()) / 1_000);
  // Meta sees the whole seconds, and sees them when the request arrives.
  if (now.getTime() - seconds * 1_000 > maxEventAgeMs(actionSource) - metaLimits.eventAgeMarginMs) {
    const days = maxEventAgeMs(actionSource) / 86_400_000;
    const message = fill(problems.event_too_old.message, { days });
    return { code: 'event_too_old', path: 'event_time', message };
  }
  if (occurredAt.getTime() - now.getTime() > metaLimits.clockSkewMs) {
    return { code: 'event_too_new', path: 'event_time', message: problems.event_too_new.message };
  }
  return seconds;
}
