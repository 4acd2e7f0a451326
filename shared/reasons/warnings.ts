import { problems } from './problems.ts';
import type { ReasonRows } from './reason.ts';

const leftOut = '{label} was left out: it is not {expected}.';
const malformed = '{what} was left out: it is not well formed.';
const looksLikeMd5 = 'looks like an MD5 digest: Meta documents SHA-256 only';
const sendAs = 'Send it as {expected}.';

/** What was left out of a server event, or would make it better: the event is sent all the same. */
export const warnings = {
  click_id_malformed: {
    message: malformed,
    fix: 'Send the URL as the browser shows it: an fbclid is letters, digits, hyphens and underscores, and nothing cuts or marks it.',
  },
  click_in_future: {
    message: '{what} was left out: the click is later than the event.',
    fix: 'Check the clock of the server that writes fbc, or that of the sender of the event.',
  },
  click_too_old: {
    message: '{what} was left out: the click is older than 90 days.',
    fix: 'Nothing: Meta takes clicks of the last 90 days.',
  },
  content_left_out: {
    message: '{what} It was left out.',
    fix: 'Send the products of the event as a list of objects.',
    cases: {
      line: { fix: 'Send every product as an object.' },
      id: { fix: 'Give every product a product_id, sku or id.' },
      quantity: { fix: 'Send quantity as a whole number.' },
      item_price: { fix: 'Send price as a number such as 19.99.' },
      delivery_category: { fix: 'Send in_store, curbside or home_delivery.' },
    },
  },
  cookie_malformed: {
    message: malformed,
    fix: 'Send the value of the {cookie} cookie unchanged.',
    cases: { unusual: { message: '{name} does not look like the {name} cookie.' } },
  },
  currency_left_out: { message: leftOut, fix: problems.currency_invalid.fix },
  currency_missing: {
    message: 'A value without a currency counts for nothing: the event has no currency.',
    fix: 'Send the currency of the value as properties.currency, or map a constant one.',
  },
  event_source_url_missing: problems.event_source_url_missing,
  field_left_out: {
    message: leftOut,
    fix: sendAs,
    cases: {
      contentType: { message: 'Content Type was left out: there is no id of a product beside it.' },
      values: { message: '{name}: the values after the first {most} were left out.' },
    },
  },
  field_replaced: { message: '{label} is not {expected}: {substitute} takes its place.', fix: sendAs },
  field_unknown: {
    message: 'The field {path} {what}',
    fix: 'Correct its name in the mapping, or take it out: nothing of it is sent.',
  },
  ip_address_left_out: {
    message: 'client_ip_address was left out: it is not a public address.',
    fix: "Send the visitor's own address as context.ip, not one of a proxy or a private network.",
  },
  match_key_left_out: {
    message: '{name} was left out: {why}.',
    fix: 'See the reason that the message gives, in the table of dropped match keys.',
  },
  match_key_md5: {
    message: `{name}: ${looksLikeMd5}.`,
    fix: 'Send the value itself, or its SHA-256.',
    cases: { alone: { message: looksLikeMd5 } },
  },
  personal_data_removed: {
    message: '{name}: personal data was taken out.',
    fix: 'Keep email addresses and phone numbers out of it: Meta forbids them outside user_data.',
    cases: { counted: { message: '{name}: personal data was taken out in {places}.' } },
  },
  text_too_long: {
    message: '{name}: what is too long to be searched for personal data was cut or left out.',
    fix: 'Send texts of at most {characters} characters, and fewer of them with @, + or %.',
  },
  user_agent_missing: problems.user_agent_missing,
  user_data_insufficient: problems.user_data_insufficient,
} as const satisfies ReasonRows;

export type WarningCode = keyof typeof warnings;
