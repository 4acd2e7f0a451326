import { textMs, unixMs } from './time-forms.ts';

export interface EventTimes {
  /** Time that destinations get: the call's time by our clock. */
  readonly timestamp: string;
  /** The call's time as the sender gave it, if it did. */
  readonly originalTimestamp: string | undefined;
  readonly sentAt: string | undefined;
  readonly receivedAt: string;
}

/**
 * Corrects the sender's clock: `receivedAt − (sentAt − originalTimestamp)`. Without a time it is `receivedAt`; without
 * `sentAt`, or when the sender gives both its original and an already corrected `timestamp` (RudderStack's server does),
 * the given time stands. A corrected time is never later than `receivedAt`, since Meta refuses events from the future.
 *
 * @see https://segment.com/docs/connections/spec/common/#timestamp-overview
 */
export function settleTimes(
  given: { timestamp: Date | undefined; originalTimestamp: Date | undefined; sentAt: Date | undefined },
  receivedAt: Date,
): EventTimes {
  const original = given.originalTimestamp ?? given.timestamp;
  return {
    timestamp: correctedTime(given, original, receivedAt).toISOString(),
    originalTimestamp: original?.toISOString(),
    sentAt: given.sentAt?.toISOString(),
    receivedAt: receivedAt.toISOString(),
  };
}

function correctedTime(
  { timestamp, originalTimestamp, sentAt }: Parameters<typeof settleTimes>[0],
  original: Date | undefined,
  receivedAt: Date,
): Date {
  if (original === undefined) return receivedAt;
  if (timestamp !== undefined && originalTimestamp !== undefined) return timestamp;
  if (sentAt === undefined) return original;
  const corrected = receivedAt.getTime() - (sentAt.getTime() - original.getTime());
  return new Date(Math.min(corrected, receivedAt.getTime()));
}

/** Of what stands in front of the first, no clock speaks: zero in every form, and what else a program holds that has no time. */
const earliest = Date.UTC(1973, 2, 3, 9, 46, 40);
/** Times behind this one stand for "never", or are none at all. */
const latest = Date.UTC(2200, 0, 1);

/**
 * A time as clients write it: ISO 8601 text, in UTC unless it says otherwise; Unix seconds, milli-, micro- or nanoseconds as a
 * number or its text; the forms of RFC 2822, .NET, PHP's DateTime and Java's as JSON. Undefined when it cannot be read, and when
 * it is before March 1973 (100,000,000 Unix seconds), as zero is in all its forms, or after the year 2199.
 */
export function parseTime(value: unknown): Date | undefined {
  const time =
    typeof value === 'string' ? stringMs(value) : typeof value === 'number' ? numberMs(value) : objectMs(value);
  return time >= earliest && time < latest ? new Date(time) : undefined;
}

function stringMs(text: string): number {
  const usual = isUsual(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(usual) ? textMs(text) : usual;
}

/** 14 digits that begin with a year of ours are a date and a clock; as milliseconds they would lie in the 26th century. */
const numberMs = (value: number): number => (value > 1.9e13 && value < 2.1e13 ? textMs(String(value)) : unixMs(value));

/** True for a time as JSON writes a Date, which is how nearly every event tells its time. */
const isUsual = (text: string): boolean =>
  text.length === 24 && text.charCodeAt(23) === 0x5a && text.charCodeAt(10) === 0x54 && text.charCodeAt(4) === 0x2d;

/** Objects and lists that libraries make of a time when they write JSON. */
function objectMs(value: unknown): number {
  if (typeof value !== 'object' || value === null) return Number.NaN;
  if (Array.isArray(value)) return listMs(value);
  const { date, timezone, $date, $numberLong, seconds, _seconds, epochSecond } = value as Readonly<
    Record<string, unknown>
  >;
  // PHP's DateTime.
  if (typeof date === 'string') {
    const zone = typeof timezone === 'string' ? timezone : 'UTC';
    return textMs(`${date}${/^[+-]\d\d/.test(zone) ? zone : `[${zone}]`}`);
  }
  // MongoDB's date; the seconds of Protocol Buffers, of Firestore and of Java's Instant.
  const inner = $date ?? $numberLong ?? seconds ?? _seconds ?? epochSecond;
  if (typeof inner === 'string') return textMs(inner);
  if (typeof inner === 'number') return unixMs(inner);
  return inner === $date ? objectMs(inner) : Number.NaN;
}

/** A list of one time, or Java's LocalDateTime as a list of year, month, day and clock. */
function listMs(list: readonly unknown[]): number {
  const [first, ...others] = list;
  if (others.length === 0) return typeof first === 'string' ? textMs(first) : Number.NaN;
  const [year, month, day, hour = 0, minute = 0, second = 0] = list;
  if (list.length > 7 || typeof year !== 'number' || year < 1973) return Number.NaN;
  const two = (value: unknown): string => String(value).padStart(2, '0');
  return textMs(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`);
}
