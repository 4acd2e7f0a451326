import type { Problem } from './problem.ts';
import { unixMs } from '../../segment/timestamps.ts';
import { metaLimits } from '../limits.ts';
import { remember } from '../../lib/memoize.ts';

/** What JSON makes of a Date, which is how nearly every event tells its time: read in half the time of Date.parse. */
const timestamp = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** The events of an hour share one or two days. NaN for the 45th and its like. */
const midnightOf = remember((day) => Date.parse(`${day}T00:00:00.000Z`));

/** ISO 8601 without an offset, which Date.parse would read in the zone of the machine. */
const withoutOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$/;

/**
 * Reads a time as mappings give it: ISO 8601 text (in UTC unless it has an offset), or Unix seconds or milliseconds as a
 * number or its text.
 *
 * @returns undefined for anything that is no time
 */
export function readEventTime(raw: string): Date | undefined {
  const text = raw.trim();
  if (text.endsWith('Z')) return dateOf(timestamp.test(text) ? timestampMs(text) : Date.parse(text));
  if (/^-?\d+(\.\d+)?$/.test(text)) return new Date(unixMs(Number(text)));
  return dateOf(Date.parse(withoutOffset.test(text) ? `${text}Z` : text));
}

function timestampMs(text: string): number {
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14);
  const seconds = minutes * 60 + twoDigits(text, 17);
  return midnightOf(text.slice(0, 10)) + seconds * 1_000 + (text.length === 24 ? threeDigits(text, 20) : 0);
}

const digit = (text: string, index: number): number => text.charCodeAt(index) - 48;
const twoDigits = (text: string, index: number): number => digit(text, index) * 10 + digit(text, index + 1);
const threeDigits = (text: string, index: number): number => twoDigits(text, index) * 10 + digit(text, index + 2);

const dateOf = (time: number): Date | undefined => (Number.isNaN(time) ? undefined : new Date(time));

export const maxEventAgeMs = (actionSource: string): number =>
  actionSource === 'physical_store' ? metaLimits.physicalStoreEventAgeMs : metaLimits.eventAgeMs;

/** Whole Unix seconds of a time that Meta takes now, or why it does not. A clock slightly ahead counts as now. */
export function settleEventTime(occurredAt: Date, actionSource: string, now: Date): number | Problem {
  const ageMs = now.getTime() - occurredAt.getTime();
  if (ageMs > maxEventAgeMs(actionSource)) {
    const days = maxEventAgeMs(actionSource) / 86_400_000;
    const message = `The event is older than ${days} days, so Meta would refuse it.`;
    return { code: 'event_too_old', path: 'event_time', message };
  }
  if (ageMs < -metaLimits.clockSkewMs) {
    const message = 'The event lies more than five minutes in the future.';
    return { code: 'event_too_new', path: 'event_time', message };
  }
  return Math.floor(Math.min(occurredAt.getTime(), now.getTime()) / 1_000);
}
