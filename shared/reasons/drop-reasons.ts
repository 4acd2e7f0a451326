/** Why a value is left out of `user_data`. A message goes on from "was left out: " and never holds the value. */
export const dropReasons = {
  digest_of_nobody: 'digest of an empty value or of a word that means nobody',
  empty: 'empty',
  nobody: 'it means nobody',
  not_city: 'no letters in the city',
  not_country: 'not a country',
  not_date_of_birth: 'not a date of birth',
  not_email: 'not an email address',
  not_gender: 'neither female nor male',
  not_id: 'no id',
  not_name: 'no name',
  not_phone: 'not a phone number of 7 to 15 digits',
  not_postal_code: 'fewer than two letters or digits in the postal code',
  not_state: 'fewer than two letters in the state',
  not_text: 'neither text nor a number',
  too_long: 'too long',
} as const;

export type DropCode = keyof typeof dropReasons;

export const dropFixes: Readonly<Record<DropCode, string>> = {
  digest_of_nobody: 'Hash only values that are there; leave out empty ones and words such as null.',
  empty: 'Leave the member out of the event where there is no value.',
  nobody: 'Leave the member out where the value is not known: a word such as guest would make one person of many.',
  not_city: 'Send the name of the city, without its postal code.',
  not_country: 'Send the two-letter code of the country, such as DE.',
  not_date_of_birth: 'Send the date as YYYY-MM-DD.',
  not_email: 'Send a complete address such as ann@example.com.',
  not_gender: 'Send f or m, female or male; leave anything else out.',
  not_id: 'Send a user id, or leave the member out.',
  not_name: 'Send the name as it is written, not an email address; leave it out where it is not known.',
  not_phone: 'Send the number as text, with its country code, such as +1 650 555 1212.',
  not_postal_code: 'Send the whole postal code, as text.',
  not_state: 'Send the name of the state or its code, such as CA.',
  not_text: 'Send the value as text.',
  too_long: 'Send only the value itself; check that the mapping reads the right member.',
};
