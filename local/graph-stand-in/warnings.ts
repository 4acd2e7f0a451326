import { messagingIds } from '../../shared/meta/event/messaging.ts';
import { assumed, type Evidence, from } from './evidence.ts';
import type { Members } from './read-members.ts';

/** Warning that an accepted request gets beside `events_received`. */
export interface Warning {
  readonly means: string;
  readonly evidence: Evidence;
  /** True when an event, of which every member has its right type, deserves the warning. */
  readonly test: (event: Members) => boolean;
}

const member = (event: Members, name: string): Members => (event[name] ?? {}) as Members;
const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';
const isMessaging = (event: Members): boolean => event['action_source'] === 'business_messaging';
const browserKeys = ['client_ip_address', 'client_user_agent', 'fbc', 'fbp'];
const channelIds: ReadonlyMap<unknown, readonly (readonly string[])[]> = new Map(Object.entries(messagingIds));
const isWebsite = (event: Members): boolean => event['action_source'] === 'website';

// Begins at the sign and looks back one character: what stands before it could be very long.
const emailAddress = /(?<=[^\s@/?&=])(?:@|%40)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/i;
const phoneNumber = /^\+\d[\d ().-]{6,18}\d$/;

/** Looks at texts only: an order number is no phone number. */
function holdsPersonalData(value: unknown): boolean {
  if (typeof value === 'string') return emailAddress.test(value) || phoneNumber.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsPersonalData);
}

const terms =
  'the business tools terms forbid it, and the statistic had_pii watches for it; how the API reacts is unknown';
/** The texts are the stand-in's own: `messages` is documented, what it says is not. */
export const warnings: readonly Warning[] = [
  {
    means: 'A website event has no event_source_url.',
    evidence: from('serverEvent', 'required by the page; whether an event without it is refused is unknown'),
    test: (event) => isWebsite(event) && isMissing(event['event_source_url']),
  },
  {
    means: 'A website event has no client_user_agent.',
    evidence: from('customerInformation', 'required by the page; one public record has such an event accepted'),
    test: (event) => isWebsite(event) && isMissing(member(event, 'user_data')['client_user_agent']),
  },
  {
    means: 'An app event has no app_data.application_tracking_enabled.',
    evidence: from('appEvents', 'required by this page, optional on the page of parameters'),
    test: (event) =>
      event['action_source'] === 'app' && isMissing(member(event, 'app_data')['application_tracking_enabled']),
  },
  {
    means: 'A value comes without a currency.',
    evidence: from('customData', 'only a Purchase is refused for it'),
    test: (event) => {
      const { value, currency } = member(event, 'custom_data');
      return !isMissing(value) && isMissing(currency);
    },
  },
  {
    means: 'A messaging event carries what only a browser has: a URL, an IP address, a user agent, fbc or fbp.',
    evidence: from('businessMessaging', 'no sample has them; how the API reacts is unknown'),
    test: (event) =>
      isMessaging(event) &&
      (!isMissing(event['event_source_url']) || browserKeys.some((key) => !isMissing(member(event, 'user_data')[key]))),
  },
  {
    means: 'A messaging event lacks the ids of its channel.',
    evidence: from('businessMessaging', 'how the API reacts is unknown'),
    test: (event) =>
      isMessaging(event) &&
      (channelIds.get(event['messaging_channel']) ?? []).some((names) =>
        names.every((name) => isMissing(member(event, 'user_data')[name])),
      ),
  },
  {
    means: 'A sale in a shop has neither order_id nor item_number.',
    evidence: from('offlineEvents', 'they, not event_id, tell two sales in shops apart'),
    test: (event) => {
      const { order_id: order, item_number: item } = member(event, 'custom_data');
      return event['action_source'] === 'physical_store' && isMissing(order) && isMissing(item);
    },
  },
  {
    means: 'custom_data holds an email address or a phone number as it is.',
    evidence: assumed(terms),
    test: (event) => holdsPersonalData(event['custom_data']),
  },
  {
    means: 'A URL holds an email address or a phone number as it is.',
    evidence: assumed(terms),
    test: (event) => holdsPersonalData([event['event_source_url'], event['referrer_url']]),
  },
];

/** Warnings about events that break no rule, each once. They never say which event it was. */
export const warningsOf = (events: readonly Members[]): readonly string[] =>
  warnings.filter(({ test }) => events.some(test)).map(({ means }) => means);
