import { dropReasons } from '../meta/user-data/drop-reasons.ts';
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
      return dropReasons[warning.reason].fix;
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

type PlainCode = Exclude<Warning, { part: unknown } | { expected: unknown } | { reason: unknown }>['code'];

const fixes: Readonly<Record<Exclude<PlainCode, 'cookie_malformed'>, string>> = {
  click_id_malformed:
    'Send the URL as the browser shows it: an fbclid is letters, digits, hyphens and underscores, and nothing cuts or marks it.',
  click_in_future: 'Check the clock of the server that writes fbc, or that of the sender of the event.',
  click_too_old: 'Nothing: Meta takes clicks of the last 90 days.',
  currency_left_out: 'Send an ISO 4217 code such as USD.',
  currency_missing: 'Send the currency of the value as properties.currency, or map a constant one.',
  event_source_url_missing: 'Send the URL of the page as context.page.url.',
  field_unknown: 'Correct its name in the mapping, or take it out: nothing of it is sent.',
  ip_address_left_out: "Send the visitor's own address as context.ip, not one of a proxy or a private network.",
  match_key_md5: 'Send the value itself, or its SHA-256.',
  personal_data_removed: 'Keep email addresses and phone numbers out of it: Meta forbids them outside user_data.',
  text_too_long: `Send texts of at most ${longestSearched.toLocaleString('en')} characters, and fewer of them with @, + or %.`,
  user_agent_missing: "Send the visitor's user agent as context.userAgent, or map another action_source.",
  user_data_insufficient: 'Send an email address, phone number, user id, click id or IP address with the event.',
};
