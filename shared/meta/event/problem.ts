/** Why one event became no server event for one mapping. Names fields, never their values. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** Field of the mapping that it is about: `user_data.email`, `contents[0].id`. None where it is about the whole. */
  readonly path?: string;
}

export type ProblemCode =
  | 'action_source_invalid'
  | 'app_data_incomplete'
  | 'content_invalid'
  | 'currency_invalid'
  | 'event_source_url_missing'
  | 'event_time_invalid'
  | 'event_too_new'
  | 'event_too_old'
  | 'field_invalid'
  | 'field_missing'
  | 'mapping_failed'
  | 'messaging_event_invalid'
  | 'sync_mode_invalid'
  | 'user_agent_missing'
  | 'user_data_insufficient';

/** @param name of a field that no event of the action goes without */
export const fieldMissing = (name: string): Problem => ({
  code: 'field_missing',
  path: name,
  message: `The required field ${name} is missing.`,
});

/** What to do about a problem, for dead letters and previews. */
export const fixes: Readonly<Record<ProblemCode, string>> = {
  action_source_invalid: 'Map action_source to one of the values that Meta knows, such as website.',
  app_data_incomplete:
    'Send the version of the operating system as context.os.version, and map version in app_data_field to i2 (iOS) or a2 (Android).',
  content_invalid: 'Give every product an id, or map contents to what identifies it.',
  currency_invalid: 'Send an ISO 4217 code such as USD.',
  event_source_url_missing: 'Send the URL of the page as context.page.url.',
  event_time_invalid: 'Send timestamp as ISO 8601 text.',
  event_too_new: 'Check the clock of the sender; Meta refuses events from the future.',
  event_too_old: 'Nothing: Meta takes events for 7 days only (62 from physical stores).',
  field_invalid: 'Send the field as the type it must have, or change its mapping.',
  field_missing: 'Send the field, or map it to something that the event carries.',
  mapping_failed: 'Change the mapping so that it fits the event.',
  messaging_event_invalid: 'Give the event one of these names, or map another action_source.',
  sync_mode_invalid: 'Set the sync mode of the mapping to add.',
  user_agent_missing: "Send the visitor's user agent as context.userAgent, or map another action_source.",
  user_data_insufficient: 'Send an email address, phone number, user id, click id or IP address with the event.',
};
