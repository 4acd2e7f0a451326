import type { ReasonRows } from './reason.ts';

/** Why a value is left out of `user_data`. A message goes on from "was left out: " and never holds the value. */
export const dropReasons = {
  digest_of_nobody: {
    message: 'digest of an empty value or of a word that means nobody',
    fix: 'Hash only values that are there; leave out empty ones and words such as null.',
  },
  empty: { message: 'empty', fix: 'Leave the member out of the event where there is no value.' },
  nobody: {
    message: 'it means nobody',
    fix: 'Leave the member out where the value is not known: a word such as guest would make one person of many.',
  },
  not_city: { message: 'no letters in the city', fix: 'Send the name of the city, without its postal code.' },
  not_country: { message: 'not a country', fix: 'Send the two-letter code of the country, such as DE.' },
  not_date_of_birth: { message: 'not a date of birth', fix: 'Send the date as YYYY-MM-DD.' },
  not_email: { message: 'not an email address', fix: 'Send a complete address such as ann@example.com.' },
  not_gender: {
    message: 'neither female nor male',
    fix: 'Send f or m, female or male; leave anything else out.',
  },
  not_id: { message: 'no id', fix: 'Send a user id, or leave the member out.' },
  not_name: {
    message: 'no name',
    fix: 'Send the name as it is written, not an email address; leave it out where it is not known.',
  },
  not_phone: {
    message: 'not a phone number of 7 to 15 digits',
    fix: 'Send the number as text, with its country code, such as +1 650 555 1212.',
  },
  not_postal_code: {
    message: 'fewer than two letters or digits in the postal code',
    fix: 'Send the whole postal code, as text.',
  },
  not_state: {
    message: 'fewer than two letters in the state',
    fix: 'Send the name of the state or its code, such as CA.',
  },
  not_text: { message: 'neither text nor a number', fix: 'Send the value as text.' },
  too_long: {
    message: 'too long',
    fix: 'Send only the value itself; check that the mapping reads the right member.',
  },
} as const satisfies ReasonRows;

export type DropCode = keyof typeof dropReasons;
