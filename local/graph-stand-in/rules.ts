import { codes } from 'currency-codes';
import { messagingEvents } from '../../shared/meta/event/messaging.ts';
import type { Event } from './event.ts';
import { assumed, type Evidence, from } from './evidence.ts';
import { isHashed, isTooBroad, valuesOf } from './user-data.ts';

/** One of Meta's rules for an event whose members have the right types. */
export interface Rule {
  readonly code: number;
  readonly subcode?: number;
  /** Explanation in the error of a request that breaks the rule. */
  readonly means: string;
  readonly evidence: Evidence;
  /** True when the event keeps the rule. */
  readonly test: Test;
}

type Test = (event: Event, now: Date) => boolean;

const minute = 60_000;
const day = 24 * 60 * minute;
const ageMs = (event: Event, now: Date): number => now.getTime() - event.event_time * 1_000;
const isStore = (event: Event): boolean => event.action_source === 'physical_store';
const isRecent: Test = (event, now) => isStore(event) || ageMs(event, now) <= 7 * day;
const isRecentInStore: Test = (event, now) => !isStore(event) || ageMs(event, now) <= 62 * day;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
const isPurchase = (event: Event): boolean => event.event_name === 'Purchase';
const isApp = (event: Event): boolean => event.action_source === 'app';
const isMessaging = (event: Event): boolean => event.action_source === 'business_messaging';
const isLimited = (event: Event): boolean => (event.data_processing_options ?? []).length > 0;

const every =
  (key: string, pattern: RegExp): Test =>
  ({ user_data }) =>
    valuesOf(user_data, key).every((value) => pattern.test(String(value)));

const currencies: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('currency'), ...codes()]);
const hasKnownCurrency: Test = ({ custom_data }) => currencies.has((custom_data?.currency || 'USD').toUpperCase());

const extinfo = ({ app_data }: Event): readonly string[] => app_data?.extinfo ?? [];
const isTracked = ({ app_data }: Event): boolean => isGiven(app_data?.['advertiser_tracking_enabled']);
const hasWholeExtinfo: Test = (event) => extinfo(event).length === 16 || (!isApp(event) && !event.app_data?.extinfo);
const hasPlatform: Test = (event) => ['a2', 'i2', undefined].includes(extinfo(event)[0]);

const allowedThere: ReadonlySet<string> = new Set(messagingEvents);
const isAllowedThere: Test = (event) => !isMessaging(event) || allowedThere.has(event.event_name);

/** Four parts, and the appendix of Meta's own libraries. */
const clickId = /^fb\.[0-2]\.\d{13}\.[\w-]+(?:\.(?:[\w-]{8}|A[Qgw]|B[AQg]))?$/;
const webUrl = /^https?:\/\/[^\s/]/i;
const hasWebUrl: Test = (event) => !isGiven(event.event_source_url) || webUrl.test(event.event_source_url ?? '');

const isAttribution = (event: Event): boolean => event.event_name === 'AppendAttribution';
const hasOriginal: Test = ({ original_event_data: original }) =>
  isGiven(original?.['event_name']) && isGiven(original?.['event_time']);
/** Two days, in seconds. */
const appendSeconds = 48 * 60 * 60;
const isAppendedInTime: Test = (event) => {
  const original = event.original_event_data?.['event_time'];
  return typeof original !== 'number' || event.event_time - original <= appendSeconds;
};
const hasShare: Test = ({ attribution_data: data }) => {
  const share = data?.['attribution_share'];
  return typeof share !== 'number' || (share >= 0 && share <= 1);
};

/** 0 lets Meta locate the person; 1000 is California, 1013 Rhode Island. */
const isState = (state: number): boolean => state === 0 || (state >= 1_000 && state <= 1_013);
const hasState = (event: Event): boolean => isGiven(event.data_processing_options_state);
const hasCountry = (event: Event): boolean => isGiven(event.data_processing_options_country);
const hasAddress = ({ user_data }: Event): boolean => isGiven(user_data['client_ip_address']);

const rule = (means: string, test: Test, evidence: Evidence, subcode?: number): Rule => ({
  code: 100,
  ...(subcode !== undefined && { subcode }),
  means,
  test,
  evidence,
});

const seenLive = 'the subcode is from public records of answers';

/**
 * Written from Meta's pages, not from what this pipeline sends, so that the one can prove the other. The types and choices of
 * members are those of the table of members. Where a page asks
 * for a member and the live API takes events without it, there is a warning instead: `warnings.ts`.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters
 */
export const rules: readonly Rule[] = [
  rule('event_time is more than 7 days ago.', isRecent, from('serverEvent', seenLive), 2804003),
  rule(
    'event_time is more than 62 days ago, in a physical store.',
    isRecentInStore,
    from('offlineEvents', 'the page has both 7 and 62 days; the longer one is taken'),
    2804003,
  ),
  rule(
    'event_time is more than 5 minutes ahead.',
    (e, now) => ageMs(e, now) >= -5 * minute,
    assumed('no page says how far ahead a time may be'),
  ),
  rule(
    'A match key is not a SHA-256 digest in lower-case hex.',
    (e) => isHashed(e.user_data),
    from('customerInformation'),
  ),
  rule(
    'lead_id is not a number of 15 to 17 digits.',
    every('lead_id', /^\d{15,17}$/),
    from('crmIntegration', seenLive),
    2804036,
  ),
  rule('fb_login_id is not a number.', every('fb_login_id', /^\d+$/), from('customerInformation')),
  rule(
    'user_data holds too little to find a person by.',
    (e) => !isTooBroad(e.user_data),
    from('version13', seenLive),
    2804050,
  ),
  rule(
    'A Purchase has no value.',
    (e) => !isPurchase(e) || isGiven(e.custom_data?.value),
    from('customData', seenLive),
    2804009,
  ),
  rule(
    'A Purchase has no currency.',
    (e) => !isPurchase(e) || isGiven(e.custom_data?.currency),
    from('customData', 'the subcode is not public'),
  ),
  rule('currency is not a code of ISO 4217.', hasKnownCurrency, from('customData', 'in any case: a sample has usd')),
  rule(
    'An app event has no app_data.advertiser_tracking_enabled.',
    (e) => !isApp(e) || isTracked(e),
    from('appEvents', 'the subcode is not public'),
  ),
  rule('app_data.extinfo does not have 16 entries.', hasWholeExtinfo, from('appEvents')),
  rule('The first entry of app_data.extinfo is neither a2 nor i2.', hasPlatform, from('appEvents')),
  rule(
    'The OS version, fifth entry of app_data.extinfo, is empty.',
    (e) => extinfo(e)[4] !== '',
    from('appEvents', seenLive),
    2804043,
  ),
  rule(
    'A messaging event has no messaging_channel.',
    (e) => !isMessaging(e) || isGiven(e.messaging_channel),
    from('businessMessaging'),
  ),
  rule(
    'fbc is not a click id: fb, 0 to 2, milliseconds, the fbclid.',
    every('fbc', clickId),
    from('clickIds', 'the subcode is from public records of answers'),
    2804001,
  ),
  rule(
    'event_source_url does not begin with http:// or https://.',
    hasWebUrl,
    from('serverEvent', 'that another one is refused is assumed'),
  ),
  rule(
    'An AppendAttribution does not say which event it is about, by original_event_data.event_name and event_time.',
    (e) => !isAttribution(e) || hasOriginal(e, new Date(0)),
    from('originalEvent', 'that one without is refused is assumed'),
  ),
  rule(
    'An AppendAttribution comes more than 48 hours after its original event.',
    (e) => !isAttribution(e) || isAppendedInTime(e, new Date(0)),
    from('originalEvent', 'that a later one is refused is assumed'),
  ),
  rule(
    'attribution_share is not between 0 and 1.',
    hasShare,
    from('serverEvent', 'that another one is refused is assumed'),
  ),
  rule('The event name is not allowed for messaging.', isAllowedThere, from('businessMessaging', seenLive), 2804066),
  rule(
    'The state for data processing is not a known one.',
    (e) => isState(e.data_processing_options_state ?? 0),
    from('dataProcessing'),
  ),
  rule(
    'The country for data processing comes without a state.',
    (e) => !hasCountry(e) || hasState(e),
    from('dataProcessing'),
  ),
  rule(
    'Limited data use needs a state or an IP address.',
    (e) => !isLimited(e) || hasState(e) || hasAddress(e),
    from('dataProcessing'),
  ),
];
