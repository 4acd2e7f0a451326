import type { appDataFields } from '../actions/app-data-fields.ts';
import type { commonFields, contentFields, customDataFields } from '../actions/common-fields.ts';
import type {
  attributionFields,
  messagingOutcomeFields,
  originalEventFields,
} from '../actions/related-event-fields.ts';
import type { contentMembers, customDataMembers } from '../event/custom-data-members.ts';
import type { UserDataName } from '../user-data/match-key-table.ts';
import type { PageName } from './pages.ts';

/** Explanation of a field for whoever writes a mapping: shown by the editor and in the guide. */
export interface Help {
  readonly text: string;
  /** Meta's page of the member; none for a field of this pipeline's own. */
  readonly page?: PageName;
}

type HelpOf<Name extends PropertyKey> = Readonly<Record<Name, Help>>;

const on =
  (page: PageName) =>
  (text: string): Help => ({ text, page });

const [event, person, custom, app] = [on('serverEvent'), on('customerInformation'), on('customData'), on('appData')];
const [processing, original, messaging] = [on('dataProcessing'), on('originalEvent'), on('businessMessaging')];
const [clicks, attribution, shop] = [on('clickIds'), on('serverEvent'), on('offlineEvents')];
const own = (text: string): Help => ({ text });

const commonHelp: HelpOf<keyof typeof commonFields> = {
  action_source: event('Where the conversion happened. You vouch for it: Meta requires it on every event.'),
  event_time: event('When it happened, sent in Unix seconds. Meta takes the last 7 days, 62 for physical stores.'),
  event_id: event('Two events of one name and this id within 48 hours are one: the same as the eventID of the Pixel.'),
  event_source_url: event('Address of the page, whole and of http or https. Required on websites.'),
  referrer_url: event('Address of the page before.'),
  user_data: person('Who did it: the match keys, hashed where Meta wants it.'),
  app_data_field: app('What an app sends about itself and its device. Off until use_app_data is true.'),
  opt_out: event('True: Meta uses the event for attribution only, not to decide who sees ads.'),
  messaging_channel: messaging('Which conversation it was, for the action source business_messaging.'),
  messaging_outcome_data: on('automaticEvents')('How a conversation came to its result, where a partner tells it.'),
  original_event_data: original(
    'The earlier event that this one follows: of a refund, a qualified lead, an order paid later.',
  ),
  attribution_data: attribution('Which ad another source holds responsible, for the event AppendAttribution.'),
  data_processing_options: processing('True: Limited Data Use, for people of some states of the USA.'),
  data_processing_options_country: processing('1 for the USA, 0 to let Meta find out where the person is.'),
  data_processing_options_state: processing(
    'Number of the state, such as 1000 for California; 0 to let Meta find out.',
  ),
  test_event_code: on('usingTheApi')('Shows the event in Test Events of Events Manager. It counts all the same.'),
  leave_out_bad_items: own(
    'False: a part that cannot be read costs the event, as in Segment, instead of being left out.',
  ),
};

const userDataHelp: HelpOf<UserDataName> = {
  externalId: person('Ids of the person in your systems, the same ones in every channel.'),
  email: person('Email address.'),
  emails: person('More email addresses of the same person, sent beside email.'),
  phone: person('Phone number with its country code.'),
  phones: person('More phone numbers of the same person, sent beside phone.'),
  gender: person('Gender, sent as f or m.'),
  dateOfBirth: person('Date of birth, in any usual form.'),
  lastName: person('Last name.'),
  firstName: person('First name.'),
  fullName: own('Whole name, taken apart where neither first nor last name is given.'),
  city: person('City.'),
  state: person('State or province: two letters in the USA and Canada, elsewhere its name.'),
  zip: person('Postal code.'),
  country: person('Country, as ISO code or English name.'),
  client_user_agent: person("User agent of the visitor's browser. Required on websites."),
  subscriptionID: person('Id of the subscription of this transaction.'),
  leadID: person('Id of the lead that a lead ad gave, 15 to 17 digits.'),
  fbLoginID: person('Id that Facebook Login gave, for this app alone.'),
  anonId: person('Id of the installation of an app.'),
  madId: person('Advertising id of the device: AAID of Android or IDFA of iOS.'),
  partner_id: own("Id of a partner, as Segment's destination sends it."),
  partner_name: own("Name of a partner, as Segment's destination sends it."),
  ctwa_clid: person('Click id of an ad that opened WhatsApp, from the webhook of the first message.'),
  page_id: person('Id of the Facebook page that the conversation belongs to.'),
  page_scoped_user_id: person('Id of the person in Messenger, for this page alone.'),
  ig_account_id: person('Id of the Instagram account that the conversation belongs to.'),
  ig_sid: person('Id of the person on Instagram, for this account alone.'),
  instagram_business_account_id: messaging('Id of the Instagram account, by the name that Meta’s sample has.'),
  whatsapp_business_account_id: messaging('Id of the WhatsApp Business account that the conversation belongs to.'),
  fbc: clicks('Click id: the value of the _fbc cookie.'),
  clickUrl: own('URL whose fbclid becomes the click id.'),
  clickSearch: own('Query whose fbclid becomes the click id.'),
  clickReferrer: own('URL of the page before, whose fbclid becomes the click id.'),
  fbp: clicks('Browser id: the value of the _fbp cookie.'),
  client_ip_address: person("Public IP address of the visitor's browser, IPv6 where there is one."),
};

const customDataHelp: HelpOf<keyof typeof customDataMembers> = {
  value: custom('What the event is worth, as a number. Required for Purchase.'),
  currency: custom('ISO 4217 code of the value, such as EUR. Required with every value.'),
  content_ids: custom('Ids of the products, as in the catalogue.'),
  contents: custom('The products, each with its id, quantity and price.'),
  content_type: custom('Kind of the ids: product or product_group.'),
  content_name: custom('Name of the page or product.'),
  content_category: custom('Category of the page or product.'),
  num_items: custom('Number of items in the order.'),
  order_id: custom('Id of the order.'),
  item_number: shop('Unique id of an item of an order, by which shop sales are deduplicated.'),
  net_revenue: custom('What is left of the value after costs.'),
  predicted_ltv: on('customData')('What the customer is expected to be worth over time.'),
  search_string: custom('Words that were searched for.'),
  status: custom('How a registration ended.'),
  delivery_category: custom('How the order is delivered.'),
  customer_segmentation: event('Whether the customer is new or known, and to what.'),
};

const contentHelp: HelpOf<keyof typeof contentMembers> = {
  id: custom('Id of the product, as in the catalogue.'),
  quantity: custom('How many of it.'),
  item_price: custom('Price of one.'),
  delivery_category: custom('How the product is delivered.'),
  title: custom('Title of the product.'),
  description: custom('Description of the product.'),
  brand: shop('Brand of the product.'),
  category: shop('Category of the product.'),
};

const appDataHelp: HelpOf<keyof typeof appDataFields> = {
  use_app_data: own('True sends app_data. Nothing of it is sent otherwise.'),
  advertiser_tracking_enabled: app(
    'Whether the person allowed tracking (iOS 14.5 and later). Required; sent as 1 or 0.',
  ),
  application_tracking_enabled: app('Whether the person allowed the app to track. Sent as 1 or 0.'),
  madId: app("Advertising id of the device, where Segment's destination has it."),
  campaign_ids: app('Campaign of a deep link.'),
  install_referrer: app('Referrer of the installation, on Android.'),
  installer_package: app('Package that installed the app, on Android.'),
  url_schemes: app('URL schemes of the app, on iOS.'),
  vendor_id: app('Id of the device for this vendor, on iOS.'),
  windows_attribution_id: app('Attribution id, on Windows.'),
  version: app('i2 for iOS or a2 for Android: entry 0 of extinfo, required.'),
  packageName: app('Package of the app: entry 1 of extinfo.'),
  shortVersion: app('Short version of the app: entry 2 of extinfo.'),
  longVersion: app('Long version of the app: entry 3 of extinfo.'),
  osVersion: app('Version of the operating system: entry 4 of extinfo, required.'),
  deviceName: app('Model of the device: entry 5 of extinfo.'),
  locale: app('Locale, such as en_US: entry 6 of extinfo.'),
  timezone: app('Time zone in short, such as PDT: entry 7 of extinfo.'),
  carrier: app('Mobile carrier: entry 8 of extinfo.'),
  width: app('Width of the screen: entry 9 of extinfo.'),
  height: app('Height of the screen: entry 10 of extinfo.'),
  density: app('Density of the screen: entry 11 of extinfo.'),
  cpuCores: app('Number of CPU cores: entry 12 of extinfo.'),
  storageSize: app('Size of the storage in GB: entry 13 of extinfo.'),
  freeStorage: app('Free storage in GB: entry 14 of extinfo.'),
  deviceTimezone: app('Time zone of the device, such as America/New_York: entry 15 of extinfo.'),
};

const originalEventHelp: HelpOf<keyof typeof originalEventFields> = {
  event_name: original('Name of the earlier event.'),
  event_time: original('When the earlier event happened.'),
  order_id: original('Order of the earlier event.'),
  event_id: original('Event id that the earlier event was sent with.'),
};

const attributionHelp: HelpOf<keyof typeof attributionFields> = {
  scope: attribution('What the attribution is about.'),
  visit_time: attribution('When the visit was.'),
  ad_id: attribution('Id of the ad.'),
  adset_id: attribution('Id of the ad set.'),
  campaign_id: attribution('Id of the campaign.'),
  attribution_share: attribution('Part of the conversion that the ad gets, from 0 to 1.'),
  attribution_model: attribution('Rule that gave the share.'),
  attr_window: attribution('Days that the attribution looks back.'),
  attribution_value: attribution('The share of the value.'),
  attribution_source: attribution('Who says so.'),
  touchpoint_type: attribution('Kind of the contact, such as click or view.'),
  touchpoint_ts: attribution('When the contact was.'),
  attribution_method: attribution('How the ad was found.'),
  decline_reason: attribution('Why the ad was not held responsible.'),
  auditing_token: attribution('Token of the audit.'),
  linkage_key: attribution('Key that links the claim to the event.'),
  touchpoint_id: attribution('Id of the contact.'),
  attribution_setting: attribution('Windows that the attribution was made with.'),
  total_credit: attribution('All credit that was given for the conversion.'),
  partner_client_id: attribution('Id of the client at the partner.'),
};

const settingHelp: HelpOf<'inactivity_window_hours' | 'reattribution_window_hours'> = {
  inactivity_window_hours: attribution('Hours without use before a return counts anew.'),
  reattribution_window_hours: attribution('Hours within which a return is attributed.'),
};

const ownHelp: HelpOf<
  | keyof typeof customDataFields
  | Exclude<keyof ReturnType<typeof contentFields>, keyof typeof customDataMembers>
  | 'event_name'
> = {
  event_name: event('Name of the event at Meta, in its exact letters.'),
  custom_data: custom('Anything else about the event: members of any name, usable in custom conversions.'),
  custom_data_without: own('Names of members of custom_data that stay behind.'),
  count_items: own('True fills num_items with the sum of the quantities in contents.'),
};

/** Help for every field, by the object that it is written in. The top of a mapping is the server event and its custom data. */
export const fieldHelp = {
  fields: { ...commonHelp, ...customDataHelp, ...ownHelp },
  user_data: userDataHelp,
  contents: contentHelp,
  app_data_field: appDataHelp,
  messaging_outcome_data: {
    outcome_type: on('automaticEvents')('Kind of the result, such as automatic_events.'),
  } satisfies HelpOf<keyof typeof messagingOutcomeFields>,
  original_event_data: originalEventHelp,
  attribution_data: attributionHelp,
  attribution_setting: settingHelp,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Help>>>>;

export type FieldHolder = keyof typeof fieldHelp;

export const helpOf = (holder: string, name: string): Help | undefined => {
  const names: Readonly<Record<string, Help>> = Object.hasOwn(fieldHelp, holder)
    ? fieldHelp[holder as FieldHolder]
    : {};
  return Object.hasOwn(names, name) ? names[name] : undefined;
};

/** Help for a field by its place in an explanation, such as `user_data.email` or `contents[0].id`. */
export function helpAt(path: string): Help | undefined {
  const [name = '', holder = 'fields'] = path
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .toReversed();
  return helpOf(holder === 'custom_data' ? 'fields' : holder, name);
}
