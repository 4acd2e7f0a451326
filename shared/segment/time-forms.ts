import { zonedMs } from './time-zone.ts';

/** Of a Unix time in seconds, milli-, micro- or nanoseconds: until the year 5138 they differ in their number of digits. */
export function unixMs(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value * 1_000;
  if (size < 1e14) return value;
  return size < 1e17 ? value / 1e3 : value / 1e6;
}

const longestText = 80;
const number = /^[+-]?\d+(?:\.\d+)?(?:e\+?\d{1,2})?$/i;
/** A name such as `[Europe/Paris]`, maybe with a calendar, that Java and JavaScript write behind the offset, or such a name alone. */
const zoneName = /\s*\[!?([\w/+-]*)\](?:\[!?[\w=/+-]*\])*$|\s+([A-Z]\w+(?:\/[\w+-]+)+)$/;
/** Behind its offset, Go names the zone, and what its own clock says. */
const goZone = /(?<= [+-]\d{4}) [A-Z][\w+-]*(?: m=[+-][\d.]+)?$/;
const quoted = /^(["'])(.*)\1$/s;
const iso =
  /^(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[T _]\s*(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{0,12}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?Z?)?$/i;
/** Year and week with its day, or year and day. */
const isoWeek = /^(\d{4})-?W(\d\d)-?([1-7])(?=$|[T ])(.*)$/i;
const ordinal = /^(\d{4})-(\d{3})(?=$|[T ])(.*)$/;
/** Compact forms without a sign between date and clock would be taken for a number of seconds. */
const compact = /^((?:19|20)\d{6})(\d{6})?$/;
/** .NET's, and that of JavaScript before it. */
const dotNet = /^\\?\/?Date\((-?\d+)(?:[+-]\d{4})?\)\\?\/?$/;
const slashes = /^(\d\d?)\/(\d\d?)\/(\d{4})\b(.*)$/;
/** With dots the day stands first. */
const dots = /^(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})(?=$|[\s,T])[,\s]*(.*)$/;
const monthName = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;
/** `Monday, 30-Nov-26 10:00:00 GMT` @see https://www.rfc-editor.org/rfc/rfc850 */
const shortYear = /^[a-z]+day, \d\d-[a-z]{3}-\d\d /i;
const offset = /\b(?:Z|UTC?|GMT|[ECMP][SD]T)\b|:\d\d\s*[+-]\d\d:?\d\d/i;
/** Blank that a form or query makes of the plus sign before an offset. */
const lostPlus = /(?<=:\d\d(?:\.\d+)?) (?=(?:0\d|1[0-4]):?[0-5]\d$)/;
/** Zones that letters and mail name by their letters. @see https://www.rfc-editor.org/rfc/rfc5322#section-4.3 */
const american = /(?<=\d) ?([ECMP])([SD])T$/;
const hoursBehind = { E: 5, C: 6, M: 7, P: 8 } as const;

/** Milliseconds since the epoch of a time written as text; NaN for any other text. */
export function textMs(raw: string): number {
  if (raw.length > longestText) return Number.NaN;
  const text = tidy(raw);
  const named = zoneName.exec(text);
  if (named !== null) return namedMs(text.slice(0, named.index), named[1] ?? named[2] ?? '');
  const [, day, clock = '000000'] = compact.exec(text) ?? [];
  if (day !== undefined) return textMs(`${day}T${clock}Z`);
  if (number.test(text)) return unixMs(Number(text));
  const members = iso.exec(text);
  if (members !== null) return isoMs(members);
  const [, net] = dotNet.exec(text) ?? [];
  if (net !== undefined) return Number(net);
  return countedMs(text) ?? wordsMs(text);
}

const tidy = (raw: string): string =>
  raw
    .trim()
    .replace(quoted, '$2')
    .trim()
    .replace(goZone, '')
    .replace('\u2212', '-')
    .replace(lostPlus, '+')
    .replace(
      american,
      (_, zone: keyof typeof hoursBehind, season: string) => `-0${hoursBehind[zone] - (season === 'D' ? 1 : 0)}00`,
    );

const hasOffset = /(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$/i;
const isUtc = /^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu|Z)$/i;

/** An offset says more than the name behind it; without one the name is looked up. */
function namedMs(text: string, zone: string): number {
  if (hasOffset.test(text.slice(10)) || isUtc.test(zone)) return textMs(text);
  return zonedMs(textMs(text), zone);
}

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

const dayMs = 86_400_000;

/** ISO 8601's dates that count days, or weeks and days, of a year; undefined for any other text. */
function countedMs(text: string): number | undefined {
  const [, weekYear, week, weekday, weekClock = ''] = isoWeek.exec(text) ?? [];
  if (weekYear !== undefined) {
    // The fourth of January always lies in the first week.
    const fourth = Date.UTC(Number(weekYear), 0, 4);
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayMs;
    const days = (Number(week) - 1) * 7 + Number(weekday) - 1;
    return Number(week) >= 1 && Number(week) <= 53 ? onDay(monday + days * dayMs, weekClock) : Number.NaN;
  }
  const [, year, day, clock = ''] = ordinal.exec(text) ?? [];
  if (year === undefined) return undefined;
  return Number(day) >= 1 && Number(day) <= 366 ? onDay(Date.UTC(Number(year), 0, Number(day)), clock) : Number.NaN;
}

const onDay = (midnight: number, clock: string): number =>
  textMs(`${new Date(midnight).toISOString().slice(0, 10)}${clock}`);

/** `Tue, 10 Mar 2026 12:00:00 GMT`, what JavaScript, Ruby and mail write; a date in numbers only where its month is certain. */
function wordsMs(text: string): number {
  const [, first = '', second = '', year = '', rest = ''] = slashes.exec(text) ?? [];
  if (year !== '') {
    const isDayFirst = Number(first) > 12;
    if (!isDayFirst && Number(second) <= 12 && first !== second) return Number.NaN;
    return inUtc(`${isDayFirst ? second : first}/${isDayFirst ? first : second}/${year}${rest}`);
  }
  const [, day = '', month = '', ofYear, clock = ''] = dots.exec(text) ?? [];
  if (ofYear !== undefined)
    return textMs(`${ofYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`.trim());
  // Without this, Date takes "item 5 of 2001" for a day in May.
  return monthName.test(text) && (/\d{4}/.test(text) || shortYear.test(text)) ? inUtc(text) : Number.NaN;
}

/** Epoch milliseconds of a date; without a zone it is read in UTC, not in the zone of the machine. */
const inUtc = (text: string): number => Date.parse(offset.test(text) ? text : `${text} UTC`);
