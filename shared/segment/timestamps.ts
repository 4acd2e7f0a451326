export interface EventTimes {
  /** What destinations get: the call's time by our clock. */
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

const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 0, 1);

// Without this, Date takes "item 5" for a day in May 2001.
const holdsYear = /\d{4}/;
/** ISO 8601 without an offset, which Date would read in the zone of the machine. */
const withoutOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * A time as clients write it: ISO 8601 text, in UTC unless it says otherwise, or a number of
 * milliseconds, or of seconds. Undefined when it cannot be read.
 */
export function parseTime(value: unknown): Date | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || !holdsYear.test(value))) return undefined;
  const time = typeof value === 'number' ? unixMs(value) : Date.parse(withoutOffset.test(value) ? `${value}Z` : value);
  return time >= earliest && time < latest ? new Date(time) : undefined;
}

/** Of a time in Unix seconds or milliseconds: seconds have 9 or 10 digits until the year 2286, milliseconds 12 or 13. */
export const unixMs = (value: number): number => (Math.abs(value) < 1e11 ? value * 1_000 : value);
