import type { Action, Payload } from './action.ts';
import {
  commerceFields,
  commonFields,
  contentFields,
  contents,
  ownProductId,
  productIds,
  productList,
  singleProduct,
} from './common-fields.ts';
import { firstOf, number, path, text } from '../event/field.ts';
import { fieldMissing, type Problem } from '../event/problem.ts';

/** Meta's standard events. @see https://developers.facebook.com/docs/meta-pixel/reference */
export const standardEvents = [
  'AddPaymentInfo',
  'AddToCart',
  'AddToWishlist',
  'CompleteRegistration',
  'Contact',
  'CustomizeProduct',
  'Donate',
  'FindLocation',
  'InitiateCheckout',
  'Lead',
  'PageView',
  'Purchase',
  'Schedule',
  'Search',
  'StartTrial',
  'SubmitApplication',
  'Subscribe',
  'ViewContent',
] as const;
export type StandardEvent = (typeof standardEvents)[number];

const hasProducts = (then: unknown, otherwise: unknown) => ({
  '@if': { blank: path('$.properties.products'), then, else: otherwise },
});
const ifProduct = { '@if': { blank: ownProductId, then: singleProduct } };
const content = contentFields(hasProducts(productIds, ownProductId));

/** Any of Meta's standard events, with every field that one of them has; nothing but the name is required. */
export const standard: Action = {
  title: 'Standard Event',
  eventName: undefined,
  trigger: undefined,
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    event_name: text('Event Name', { required: true, choices: standardEvents }),
    value: number('Value', { default: firstOf('$.properties.revenue', '$.properties.value', '$.properties.price') }),
    net_revenue: number('Net Revenue'),
    predicted_ltv: number('Predicted Lifetime Value', { default: path('$.properties.predicted_ltv') }),
    order_id: text('Order ID', { default: path('$.properties.order_id') }),
    search_string: text('Search String'),
    status: text('Status', { default: path('$.properties.status') }),
    delivery_category: text('Delivery Category', { choices: ['in_store', 'curbside', 'home_delivery'] }),
    contents: contents(hasProducts(productList, ifProduct)),
    count_items: { ...content.count_items, default: true },
  },
  customData: {
    currency: 'given',
    value: 'given',
    net_revenue: 'given',
    predicted_ltv: 'given',
    order_id: 'filled',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    content_category: 'filled',
    contents: 'filled',
    num_items: 'given',
    search_string: 'filled',
    status: 'filled',
    delivery_category: 'filled',
  },
  check: purchaseProblems,
  needsUserAgent: true,
};

/** Meta refuses a purchase without them (subcode 2804009). */
function purchaseProblems(payload: Payload): Problem[] {
  if (payload['event_name'] !== 'Purchase') return [];
  const missing = ['currency', 'value'].filter((name) => payload[name] === undefined);
  return missing.map(fieldMissing);
}
