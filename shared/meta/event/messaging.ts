import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { placeOf, type UserDataName } from '../user-data/match-key-table.ts';
import type { Payload } from './action.ts';
import type { Warning } from './warning.ts';

/**
 * Events that Meta takes from conversations. Of WhatsApp, public records show the first five accepted and others refused
 * (subcode 2804066).
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/business-messaging
 */
export const messagingEvents = [
  ...(['Purchase', 'LeadSubmitted', 'InitiateCheckout', 'AddToCart', 'ViewContent', 'OrderCreated'] as const),
  ...(['OrderShipped', 'OrderDelivered', 'OrderCanceled', 'OrderReturned', 'CartAbandoned', 'QualifiedLead'] as const),
  ...(['RatingProvided', 'ReviewProvided'] as const),
] as const;

/** Of each channel the sets of ids of which one says who was spoken to, each id by any of its names. */
export const messagingIds = {
  whatsapp: [['ctwa_clid']],
  messenger: [['page_id'], ['page_scoped_user_id']],
  instagram: [['instagram_business_account_id', 'ig_account_id'], ['ig_sid']],
} as const satisfies Readonly<Record<string, readonly (readonly UserDataName[])[]>>;

/** Keys that only a browser has: Meta wants nothing of it beside the ids of a conversation. */
export const browserKeys = [
  ...(['client_ip_address', 'client_user_agent', 'fbc', 'clickUrl', 'clickSearch', 'clickReferrer', 'fbp'] as const),
] as const satisfies readonly UserDataName[];
const urls = ['event_source_url', 'referrer_url'] as const;

/** Takes out of an event from a conversation what does not belong beside its ids, and says which ids it lacks. */
export function settleMessaging(payload: Payload, warnings: Warning[]): void {
  for (const name of urls) {
    if (payload[name] === undefined) continue;
    delete payload[name];
    warnings.push(leftOut(name, name));
  }
  const values = (payload['user_data'] ?? []) as unknown[];
  for (const name of browserKeys) {
    if (values[placeOf[name]] === undefined) continue;
    values[placeOf[name]] = undefined;
    warnings.push(leftOut(`user_data.${name}`, name));
  }
  const channel = payload['messaging_channel'] as keyof typeof messagingIds | undefined;
  const needed: readonly (readonly UserDataName[])[] = channel === undefined ? [] : messagingIds[channel];
  for (const names of needed) {
    if (names.some((name) => isGiven(values[placeOf[name]]))) continue;
    const message = fill(warningRows.messaging_id_missing, { name: names.join(' or '), channel: String(channel) });
    warnings.push({ code: 'messaging_id_missing', path: `user_data.${names[0]}`, message });
  }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const leftOut = (path: string, name: string): Warning => ({
  code: 'browser_data_left_out',
  path,
  message: fill(warningRows.browser_data_left_out, { name }),
});
