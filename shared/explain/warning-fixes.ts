import type { DropReason } from '../meta/user-data/hash.ts';
import { longestSearched } from '../meta/privacy/search-allowance.ts';
import type { ContentPart, Warning } from '../meta/event/warning.ts';

/** What to do about a warning of the mapper. */
export function warningFix(warning: Warning): string {
  switch (warning.code) {
    case 'content_left_out':
      return contentFixes[warning.part];
    case 'cookie_malformed':
      return `Send the value of the ${warning.path.replace('user_data.', '_')} cookie unchanged.`;
    case 'field_left_out':
    case 'field_replaced':
      return `Send it as ${warning.expected}.`;
    case 'match_key_left_out':
      return matchKeyFixes[warning.reason];
    default:
      return fixes[warning.code];
  }
}

const contentFixes: Readonly<Record<ContentPart, string>> = {
  line: 'Send every product as an object.',
  id: 'Give every product a product_id, sku or id.',
  quantity: 'Send quantity as a whole number.',
  item_price: 'Send price as a number such as 19.99.',
  delivery_category: 'Send in_store, curbside or home_delivery.',
};

const matchKeyFixes: Readonly<Record<DropReason, string>> = {
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

type PlainCode = Exclude<Warning, { part: unknown } | { expected: unknown } | { reason: unknown }>['code'];

const fixes: Readonly<Record<Exclude<PlainCode, 'cookie_malformed'>, string>> = {
  currency_left_out: 'Send an ISO 4217 code such as USD.',
  currency_missing: 'Send the currency of the value as properties.currency, or map a constant one.',
  event_source_url_missing: 'Send the URL of the page as context.page.url.',
  ip_address_left_out: "Send the visitor's own address as context.ip, not one of a proxy or a private network.",
  match_key_md5: 'Send the value itself, or its SHA-256.',
  personal_data_removed: 'Keep email addresses and phone numbers out of it: Meta forbids them outside user_data.',
  text_too_long: `Send texts of at most ${longestSearched.toLocaleString('en')} characters, and fewer of them with @, + or %.`,
  user_agent_missing: "Send the visitor's user agent as context.userAgent, or map another action_source.",
  user_data_insufficient: 'Send an email address, phone number, user id, click id or IP address with the event.',
};
