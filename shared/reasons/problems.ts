import type { ReasonRows } from './reason.ts';

const notOfItsType = '{label} must be {expected}.';

/** Why one event became no server event for one mapping: it is given up, with all that stands against it. */
export const problems = {
  action_source_invalid: {
    message: notOfItsType,
    fix: 'Map action_source to one of the values that Meta knows, such as website.',
  },
  app_data_incomplete: {
    message: 'An app event needs the version of its extinfo: i2 for iOS, a2 for Android.',
    fix: 'Send the version of the operating system as context.os.version, and map version in app_data_field to i2 (iOS) or a2 (Android).',
    cases: { osVersion: { message: 'An app event needs the version of the operating system.' } },
  },
  content_invalid: {
    message: 'Product {number} must have an id.',
    fix: 'Give every product an id, or map contents to what identifies it.',
    cases: {
      line: { message: 'Product {number} must be an object.' },
      quantity: { message: 'Product {number} must have a whole number as quantity.' },
      item_price: { message: 'Product {number} must have a number as price.' },
      delivery_category: {
        message: 'Product {number} must have one of in_store, curbside, home_delivery as delivery category.',
      },
    },
  },
  currency_invalid: { message: notOfItsType, fix: 'Send an ISO 4217 code such as USD.' },
  event_source_url_missing: {
    message: 'A website event should carry the URL of its page.',
    fix: 'Send the URL of the page as context.page.url.',
  },
  event_time_invalid: { message: notOfItsType, fix: 'Send timestamp as ISO 8601 text.' },
  event_too_new: {
    message: 'The event lies more than five minutes in the future.',
    fix: 'Check the clock of the sender; Meta refuses events from the future.',
  },
  event_too_old: {
    message: 'The event is older than {days} days, or will be when it arrives, so Meta would refuse it.',
    fix: 'Nothing: Meta takes events for 7 days only (62 from physical stores).',
  },
  field_invalid: {
    message: notOfItsType,
    fix: 'Send the field as the type it must have, or change its mapping.',
    cases: {
      item: { message: 'Every item of {label} must be {expected}.' },
      onlyPersonalData: { message: 'Event Name must be more than personal data.' },
    },
  },
  field_missing: {
    message: 'The required field {name} is missing.',
    fix: 'Send the field, or map it to something that the event carries.',
  },
  mapping_failed: {
    message: 'The mapping gave no object.',
    fix: 'Change the mapping so that it fits the event.',
  },
  messaging_event_invalid: {
    message: 'Meta takes only these events from conversations: {names}.',
    fix: 'Give the event one of these names, or map another action_source.',
  },
  user_agent_missing: {
    message: 'A website event needs the user agent of the browser.',
    fix: "Send the visitor's user agent as context.userAgent, or map another action_source.",
  },
  user_data_insufficient: {
    message: 'The match keys of the event are too broad for Meta to accept it.',
    fix: 'Send an email address, phone number, user id, click id or IP address with the event.',
    cases: { nobody: { message: 'Nothing in the event identifies a person.' } },
  },
} as const satisfies ReasonRows;

export type ProblemCode = keyof typeof problems;

/** Codes of a value that is not of its field's type, or none of its choices. */
export type TypeProblemCode = {
  [Code in ProblemCode]: (typeof problems)[Code]['message'] extends typeof notOfItsType ? Code : never;
}[ProblemCode];
