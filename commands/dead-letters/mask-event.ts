import { isObject } from '../../shared/segment/event.ts';
import { holdsPersonalData, maskedText } from './personal-text.ts';

/** Members whose value says what was bought or when, not who did it. All other texts and numbers are masked. */
const plainMembers: ReadonlySet<string> = new Set([
  ...['type', 'event', 'messageId', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt', 'version', 'channel'],
  ...['action_source', 'event_id', 'event_name', 'event_time', 'locale', 'timezone'],
  ...['currency', 'value', 'revenue', 'total', 'subtotal', 'price', 'item_price', 'quantity', 'num_items', 'position'],
  ...['tax', 'shipping', 'discount', 'coupon', 'promotion_id', 'order_id', 'checkout_id', 'cart_id', 'list_id'],
  ...['product_id', 'sku', 'variant', 'brand', 'category', 'content_type', 'content_category', 'content_ids'],
]);

/** Bags about a person: nothing in them is shown, whatever its name. */
const personalBags: ReadonlySet<string> = new Set(['traits', 'user_data']);

/**
 * A copy of an event in which texts and numbers are masked unless their member is known to be harmless. Its shape, empty
 * texts and nulls stay, since they are what is usually wrong.
 */
export const maskEvent = (event: unknown): unknown => mask(event, { name: '', personal: false });

function mask(value: unknown, place: { readonly name: string; readonly personal: boolean }): unknown {
  if (Array.isArray(value)) return value.map((item) => mask(item, place));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        holdsPersonalData(name) ? '[masked name]' : name,
        mask(inner, { name, personal: place.personal || personalBags.has(name) }),
      ]),
    );
  }
  if (value === null || value === '') return value;
  const plain = !place.personal && (plainMembers.has(place.name) || typeof value === 'boolean');
  if (plain && !holdsPersonalData(String(value))) return value;
  return typeof value === 'string' ? maskedText : `[masked ${typeof value}]`;
}
