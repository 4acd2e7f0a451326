import { problems } from './problems.ts';
import type { CodeOf } from './reason.ts';

const leftOut = '{label} was left out: it is not {expected}.';
const malformed = '{what} was left out: it is not well formed.';
const looksLikeMd5 = 'looks like an MD5 digest: Meta documents SHA-256 only';

/** Notes of values that were left out of a server event, or that would make it better: the event is sent all the same. */
export const warnings = {
  browser_data_left_out: '{name} was left out: an event from a conversation carries nothing of a browser.',
  click_id_malformed: malformed,
  click_in_future: '{what} was left out: the click is later than the event.',
  click_too_old: '{what} was left out: the click is older than 90 days.',
  content_left_out: '{what} It was left out.',
  cookie_malformed: malformed,
  'cookie_malformed.unusual': '{name} does not look like the {name} cookie.',
  currency_left_out: leftOut,
  currency_missing: 'A value without a currency counts for nothing: the event has no currency.',
  field_left_out: leftOut,
  'field_left_out.contentType': 'Content Type was left out: there is no id of a product beside it.',
  'field_left_out.large': '{name} is too large: what is beyond the bounds of one event was left out.',
  'field_left_out.values': '{name}: the values after the first {most} were left out.',
  field_replaced: '{label} is not {expected}: {substitute} takes its place.',
  field_unknown: 'The field {path} {what}',
  ip_address_left_out: 'client_ip_address was left out: it is not a public address.',
  match_key_left_out: '{name} was left out: {why}.',
  match_key_md5: `{name}: ${looksLikeMd5}.`,
  'match_key_md5.alone': looksLikeMd5,
  messaging_id_missing: 'An event from {channel} without {name} cannot be told whose conversation it was.',
  personal_data_removed: '{name}: personal data was taken out.',
  'personal_data_removed.counted': '{name}: personal data was taken out in {places}.',
  restricted_data_removed: '{name}: what the destination does not allow to leave was taken out.',
  'restricted_data_removed.id': '{name}: sent as its digest, since it may hold words.',
  'restricted_data_removed.origin': '{name}: cut to its origin.',
  'restricted_data_removed.path': '{name}: cut to its path.',
  text_too_long: '{name}: what is too long to be searched for personal data was cut or left out.',
} as const;

export type WarningCode = CodeOf<typeof warnings> | keyof typeof problemsThatWarn;

const sendAs = 'Send it as {expected}.';

/** Problems of a strict destination that are warnings elsewhere. */
export const problemsThatWarn = /* @__PURE__ */ (() => ({
  event_source_url_missing: problems.event_source_url_missing,
  user_agent_missing: problems.user_agent_missing,
  user_data_insufficient: problems.user_data_insufficient,
}))();

/** A call, so that a function which needs the messages alone does not carry the fixes: reading `problems` may have effects to a bundler. */
export const warningFixes = /* @__PURE__ */ (() =>
  ({
    browser_data_left_out: 'Map it to null for events from conversations, as the presets for messaging do.',
    click_id_malformed:
      'Send the URL as the browser shows it: an fbclid is letters, digits, hyphens and underscores, and nothing cuts or marks it.',
    click_in_future: 'Check the clock of the server that writes fbc, or that of the sender of the event.',
    click_too_old: 'Nothing: Meta takes clicks of the last 90 days.',
    content_left_out: 'Send the products of the event as a list of objects.',
    'content_left_out.line': 'Send every product as an object.',
    'content_left_out.id': 'Give every product a product_id, sku or id.',
    'content_left_out.quantity': 'Send quantity as a whole number.',
    'content_left_out.item_price': 'Send price as a number such as 19.99.',
    'content_left_out.delivery_category': 'Send in_store, curbside or home_delivery.',
    cookie_malformed: 'Send the value of the {cookie} cookie unchanged.',
    currency_left_out: problems.currency_invalid.fix,
    currency_missing: 'Send the currency of the value as properties.currency, or map a constant one.',
    field_left_out: sendAs,
    field_replaced: sendAs,
    field_unknown: 'Correct its name in the mapping, or take it out: nothing of it is sent.',
    ip_address_left_out: "Send the visitor's own address as context.ip, not one of a proxy or a private network.",
    match_key_left_out: 'See the reason that the message gives, in the table of dropped match keys.',
    match_key_md5: 'Send the value itself, or its SHA-256.',
    messaging_id_missing: 'Keep the id that the webhook of the conversation gives, and map it.',
    personal_data_removed: 'Keep email addresses and phone numbers out of it: Meta forbids them outside user_data.',
    restricted_data_removed: 'Nothing: minimise of the destination says what may leave. Allow it there if it should.',
    text_too_long: 'Send texts of at most {characters} characters, and fewer of them with @, + or %.',
  }) as const satisfies Readonly<Record<CodeOf<typeof warnings>, string> & Record<string, string>>)();
