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
const latest = Date.UTC(9999, 0, 1);

/**
 * A time as clients write it: ISO 8601 text, in UTC unless it says otherwise; Unix seconds, milli-, micro- or nanoseconds as a
 * number or its text; the forms of RFC 2822, .NET, and PHP's DateTime as JSON. Undefined when it cannot be read, and when it is
 * before March 1973 (100,000,000 Unix seconds), as zero is in all its forms.
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

/** Of a Unix time in seconds, milli-, micro- or nanoseconds: until the year 5138 they differ in their number of digits. */
export function unixMs(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value * 1_000;
  if (size < 1e14) return value;
  return size < 1e17 ? value / 1e3 : value / 1e6;
}

const longestText = 80;
const number = /^[+-]?\d+(?:\.\d+)?(?:e\+?\d{1,2})?$/i;
/** A name such as `[Europe/Paris]`, maybe with a calendar, that Java and JavaScript write behind the offset. */
const zoneName = /\s*\[!?([\w/+-]*)\](?:\[!?[\w=/+-]*\])*$/;
/** Behind its offset, Go names the zone, and what its own clock says. */
const goZone = /(?<= [+-]\d{4}) [A-Z][\w+-]*(?: m=[+-][\d.]+)?$/;
const quoted = /^(["'])(.*)\1$/s;
const iso =
  /^(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[T ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** Compact forms without a sign between date and clock would be taken for a number of seconds. */
const compact = /^((?:19|20)\d{6})(\d{6})?$/;
/** .NET's, and that of JavaScript before it. */
const dotNet = /^\/?Date\((-?\d+)(?:[+-]\d{4})?\)\/?$/;
const slashes = /^(\d\d?)\/(\d\d?)\/(\d{4})\b(.*)$/;
const monthName = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;
const offset = /\b(?:Z|UTC?|GMT|[ECMP][SD]T)\b|:\d\d\s*[+-]\d\d:?\d\d/i;

function textMs(raw: string): number {
  if (raw.length > longestText) return Number.NaN;
  const text = raw.trim().replace(quoted, '$2').trim().replace(goZone, '');
  const named = zoneName.exec(text);
  // Without an offset a named zone would have to be looked up: the text is no time by itself.
  if (named !== null) return hasOffset(text, named) ? textMs(text.slice(0, named.index)) : Number.NaN;
  const [, day, clock = '000000'] = compact.exec(text) ?? [];
  if (day !== undefined) return textMs(`${day}T${clock}Z`);
  if (number.test(text)) return unixMs(Number(text));
  const members = iso.exec(text);
  if (members !== null) return isoMs(members);
  const [, net] = dotNet.exec(text) ?? [];
  if (net !== undefined) return Number(net);
  return wordsMs(text);
}

const hasOffset = (text: string, { index, 1: zone = '' }: RegExpExecArray): boolean =>
  /(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(text.slice(0, index)) || /^(?:Etc\/)?(?:UTC|GMT|Z)$/i.test(zone);

function isoMs([
  ,
  year,
  ,
  month,
  day,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  zone,
]: RegExpExecArray): number {
  const [y, m, d, h, min, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (h > 24 || min > 59 || s > 60) return Number.NaN;
  const midnight = Date.UTC(y, m - 1, d);
  // The 45th and the 30th of February are other days.
  if (new Date(midnight).getUTCMonth() !== m - 1 || new Date(midnight).getUTCDate() !== d) return Number.NaN;
  const ms = Math.floor(Number(`0.${fraction || '0'}`) * 1_000);
  return midnight + ((h * 60 + min - offsetMinutes(zone)) * 60 + s) * 1_000 + ms;
}

function offsetMinutes(zone = ''): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

/** `Tue, 10 Mar 2026 12:00:00 GMT`, what JavaScript, Ruby and mail write; a date in numbers only where its month is certain. */
function wordsMs(text: string): number {
  const [, first = '', second = '', year = '', rest = ''] = slashes.exec(text) ?? [];
  if (year !== '') {
    const isDayFirst = Number(first) > 12;
    if (!isDayFirst && Number(second) <= 12 && first !== second) return Number.NaN;
    return inUtc(`${isDayFirst ? second : first}/${isDayFirst ? first : second}/${year}${rest}`);
  }
  // Without this, Date takes "item 5 of 2001" for a day in May.
  return monthName.test(text) && /\d{4}/.test(text) ? inUtc(text) : Number.NaN;
}

/** Epoch milliseconds of a date; without a zone it is read in UTC, not in the zone of the machine. */
const inUtc = (text: string): number => Date.parse(offset.test(text) ? text : `${text} UTC`);

/** PHP's DateTime, MongoDB's date and the seconds of Protocol Buffers and Firestore, as their libraries make JSON of them. */
function objectMs(value: unknown): number {
  if (typeof value !== 'object' || value === null) return Number.NaN;
  const { date, timezone, $date, seconds, _seconds } = value as Readonly<Record<string, unknown>>;
  if (typeof date === 'string') {
    const zone = typeof timezone === 'string' ? timezone : 'UTC';
    return textMs(`${date}${/^[+-]\d\d/.test(zone) ? zone : `[${zone}]`}`);
  }
  const inner = $date ?? seconds ?? _seconds;
  if (typeof inner === 'string') return textMs(inner);
  return typeof inner === 'number' ? unixMs(inner) : Number.NaN;
}
