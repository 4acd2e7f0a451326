import type { Normaliser } from './normaliser.ts';

const firstBirthYear = 1900;
// Meta's own library goes back further.
const firstWrittenYear = 1800;
// Without a clock in the context, a year nobody living now can have.
const lastBirthYear = 2099;

/**
 * `YYYYMMDD` from year-first or year-last dates, with any separators and words around them, or from eight digits.
 *
 * Year-last is read as Americans write it unless its first number cannot be a month, year-first as year, month, day unless the
 * middle number cannot be a month. Only ranges are checked, not the calendar, as Meta does. Two-digit years and names of months are left out. Who writes Meta's own eight digits is
 * believed about people of the past, but for the days that spreadsheets write for an empty cell.
 */
export const dateOfBirth: Normaliser = (text, context) =>
  plainDateOfBirth(text, context) ?? generalDateOfBirth(text, context);

/** The rule of {@link dateOfBirth}, for dates however they are written. */
export const generalDateOfBirth: Normaliser = (text, { now }) => {
  if (spreadsheetZeros.has(text) || isoWeek.test(text)) return undefined;
  const firstYear = /^\d{8}$/.test(text) ? firstWrittenYear : firstBirthYear;
  const date = readDate(text.match(/\d+/g) ?? []);
  if (date === undefined) return undefined;
  const [year, month, day] = date;
  const possible = isBetween(year, firstYear, lastYear(now)) && isBetween(month, 1, 12) && isBetween(day, 1, 31);
  return possible ? year.padStart(4, '0') + month.padStart(2, '0') + day.padStart(2, '0') : undefined;
};

const lastYear = (now: Date | undefined): number => now?.getUTCFullYear() ?? lastBirthYear;

/** Fast twin of {@link generalDateOfBirth} for most birthdays, as most senders write them. A time may follow. */
export const plainDateOfBirth: Normaliser = (text, { now }) => {
  if (!common.test(text)) return undefined;
  const isUnborn = text.startsWith('2') && Number(text.slice(0, 4)) > lastYear(now);
  return isUnborn ? undefined : text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10);
};

const common = /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/;

/** A week and its day are no month and day. */
const isoWeek = /\d{4}-?w\d\d/i;

const spreadsheetZeros: ReadonlySet<string> = new Set(['18991230', '18991231']);

type DateParts = readonly [year: string, month: string, day: string];

/** The first digits of a text decide: what follows a date is its time. */
function readDate([first = '', second = '', third = '']: readonly string[]): DateParts | undefined {
  if (first.length === 8) return [first.slice(0, 4), first.slice(4, 6), first.slice(6)];
  if (first.length === 4 && isShort(second) && isShort(third)) {
    const isDayFirst = Number(second) > 12 && Number(third) <= 12;
    return isDayFirst ? [first, third, second] : [first, second, third];
  }
  if (third.length !== 4 || !isShort(first) || !isShort(second)) return undefined;
  return Number(first) > 12 ? [third, second, first] : [third, first, second];
}

const isShort = (digits: string): boolean => digits.length === 1 || digits.length === 2;

const isBetween = (digits: string, least: number, most: number): boolean =>
  Number(digits) >= least && Number(digits) <= most;
