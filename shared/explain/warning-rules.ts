import type { Fields } from '../actions/field.ts';
import { placeOf } from './field-places.ts';

/** One kind of warning, known by its text. */
export interface WarningRule {
  readonly code: string;
  readonly text: RegExp;
  /** The field of the mapping that it is about. */
  readonly place?: (match: RegExpExecArray, fields: Fields) => string | undefined;
  readonly fix: (match: RegExpExecArray) => string;
}

const partFixes: readonly (readonly [rule: string, member: string, fix: string])[] = [
  ['have an id', 'id', 'Give every product a product_id, sku or id.'],
  ['have a whole number as quantity', 'quantity', 'Send quantity as a whole number.'],
  ['have a number as price', 'item_price', 'Send price as a number such as 19.99.'],
  ['have one of', 'delivery_category', 'Send in_store, curbside or home_delivery.'],
];
const partFix = (rule: string) => partFixes.find(([begin]) => rule.startsWith(begin));

/** `contents[0].quantity`, from what a message says of the first product. */
export const contentPlace = (number: string | undefined, rule: string): string => {
  const member = partFix(rule)?.[1];
  return `contents[${Number(number) - 1}]${member === undefined ? '' : `.${member}`}`;
};

/** What to do about a match key that was left out, by the reason. */
export const matchKeyFixes: Readonly<Record<string, string>> = {
  empty: 'Leave the member out of the event where there is no value.',
  'neither text nor a number': 'Send the value as text.',
  'too long': 'Send only the value itself; check that the mapping reads the right member.',
  'not an email address': 'Send a complete address such as ann@example.com.',
  'not a phone number of 7 to 15 digits': 'Send the number with its country code, such as +1 650 555 1212.',
  'no letters or digits in the name': 'Send the name as it is written; leave it out where it is not known.',
  'neither female nor male': 'Send f or m, female or male; leave anything else out.',
  'not a date of birth': 'Send the date as YYYY-MM-DD.',
  'no letters in the city': 'Send the name of the city, without its postal code.',
  'fewer than two letters in the state': 'Send the name of the state or its code, such as CA.',
  'fewer than two letters or digits in the postal code': 'Send the whole postal code, as text.',
  'not a country': 'Send the two-letter code of the country, such as DE.',
  'no id': 'Send a user id, or leave the member out.',
  'digest of an empty value': 'Hash only values that are there; leave empty ones out.',
};

const keepOut = 'Keep email addresses and phone numbers out of it: Meta forbids them outside user_data.';
const cookie = (name = '') => `Send the value of the _${name} cookie unchanged.`;

/** Every warning of the mapper: what it is about and what to do. The first rule that fits counts. */
export const warningRules: readonly WarningRule[] = [
  {
    code: 'content_left_out',
    text: /^Product (\d+) must (.+)\. It was left out\.$/,
    place: ([, number, rule = '']) => contentPlace(number, rule),
    fix: ([, , rule = '']) => partFix(rule)?.[2] ?? 'Send every product as an object.',
  },
  {
    code: 'currency_left_out',
    text: /^The currency is not an ISO 4217 code\. It was left out\.$/,
    place: () => 'currency',
    fix: () => 'Send an ISO 4217 code such as USD.',
  },
  {
    code: 'user_agent_missing',
    text: /^A website event needs the user agent of the browser\.$/,
    place: () => 'user_data.client_user_agent',
    fix: () => "Send the visitor's user agent as context.userAgent, or map another action_source.",
  },
  {
    code: 'event_source_url_missing',
    text: /^A website event should carry the URL of its page\.$/,
    place: () => 'event_source_url',
    fix: () => 'Send the URL of the page as context.page.url.',
  },
  {
    code: 'user_data_insufficient',
    text: /^(?:Nothing in the event identifies a person|The match keys of the event are too broad for Meta to accept it)\.$/,
    place: () => 'user_data',
    fix: () => 'Send an email address, phone number, user id, click id or IP address with the event.',
  },
  {
    code: 'personal_data_removed',
    text: /^(\w+): personal data was taken out\b/,
    place: ([, name = ''], fields) => placeOf(name, fields) ?? name,
    fix: () => keepOut,
  },
  {
    code: 'cookie_malformed',
    text: /^(fbc|fbp) (?:was left out: it is not well formed|does not look like the fb[cp] cookie)\.$/,
    place: ([, name]) => `user_data.${name}`,
    fix: ([, name]) => cookie(name),
  },
  {
    code: 'ip_address_left_out',
    text: /^client_ip_address was left out: it is not a public address\.$/,
    place: () => 'user_data.client_ip_address',
    fix: () => "Send the visitor's own address as context.ip, not one of a proxy or a private network.",
  },
  {
    code: 'match_key_md5',
    text: /^(\w+): looks like an MD5 digest: .+\.$/,
    place: ([, name = ''], fields) => placeOf(name, fields),
    fix: () => 'Send the value itself, or its SHA-256.',
  },
  {
    code: 'field_left_out',
    text: /^(.+) was left out: it is not (a number|a whole number)\.$/,
    place: ([, label = ''], fields) => placeOf(label, fields),
    fix: ([, , type]) => `Send it as ${type}.`,
  },
  {
    code: 'match_key_left_out',
    text: /^(\w+) was left out: (.+)\.$/,
    place: ([, name = ''], fields) => placeOf(name, fields),
    fix: ([, , reason = '']) => matchKeyFixes[reason] ?? 'Send the value as Meta documents it, or leave it out.',
  },
];
