import { amount, type Fields, integer, number, share, text, time } from '../event/field.ts';

/**
 * The earlier event that this one follows: a refund, a qualified lead, an order paid on delivery.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/original-event
 */
export const originalEventFields = {
  event_name: text('Original Event Name'),
  event_time: time('Original Event Time'),
  order_id: text('Original Order ID'),
  event_id: text('Original Event ID'),
} as const satisfies Fields;

/**
 * How a conversation came to its result, where a partner tells it.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/automatic-events-api
 */
export const messagingOutcomeFields = {
  outcome_type: text('Outcome Type'),
} as const satisfies Fields;

/**
 * Fields that say what another source holds responsible for an event, for the event `AppendAttribution`.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event
 */
export const attributionFields = {
  scope: text('Scope'),
  visit_time: time('Visit Time'),
  ad_id: text('Ad ID'),
  adset_id: text('Ad Set ID'),
  campaign_id: text('Campaign ID'),
  attribution_share: share('Attribution Share'),
  attribution_model: text('Attribution Model', {
    choices: [
      ...['customized_multi_touch', 'first_touch', 'last_click', 'last_touch', 'linear', 'position_based'],
      ...['time_decay', 'unknown'],
    ],
  }),
  attr_window: integer('Attribution Window'),
  attribution_value: amount('Attribution Value'),
  attribution_source: text('Attribution Source'),
  touchpoint_type: text('Touchpoint Type'),
  touchpoint_ts: time('Touchpoint Time'),
  attribution_method: text('Attribution Method', {
    choices: ['ard', 'deeplink', 'gpir', 'invalid_response', 'mir', 'srn'],
  }),
  decline_reason: text('Decline Reason', {
    choices: [
      ...['attribute_to_other_source', 'out_of_lookback_window', 'view_through_disabled', 'within_inactive_window'],
      ...['inactive', 'fraud_detected', 'unknown', 'reinstall_attribution_disabled', 'lookback', 'not_pmod_match'],
      ...['validation_rule_detected', 'preload_install', 'min_time_between_re_engagements', 'duplicated'],
      'pmod_disabled',
    ],
  }),
  auditing_token: text('Auditing Token'),
  linkage_key: text('Linkage Key'),
  touchpoint_id: text('Touchpoint ID'),
  attribution_setting: {
    label: 'Attribution Setting',
    type: 'object',
    properties: {
      inactivity_window_hours: integer('Inactivity Window Hours'),
      reattribution_window_hours: integer('Reattribution Window Hours'),
    },
  },
  total_credit: number('Total Credit'),
  partner_client_id: text('Partner Client ID'),
} as const satisfies Fields;
