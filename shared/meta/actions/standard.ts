import type { Action } from '../event/action.ts';
import {
  anyValue,
  commerceFields,
  commonFields,
  contentFields,
  contents,
  orderId,
  ownProductId,
  productIds,
  productList,
  singleProduct,
} from './common-fields.ts';
import { customDataMembers } from '../event/custom-data-members.ts';
import { path, text } from '../event/field.ts';

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
export const standard = {
  title: 'Standard Event',
  eventName: undefined,
  trigger: undefined,
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    event_name: text('Event Name', { required: true, choices: standardEvents }),
    value: { ...customDataMembers.value, default: anyValue },
    net_revenue: customDataMembers.net_revenue,
    predicted_ltv: { ...customDataMembers.predicted_ltv, default: path('$.properties.predicted_ltv') },
    order_id: { ...customDataMembers.order_id, default: orderId },
    search_string: customDataMembers.search_string,
    item_number: customDataMembers.item_number,
    status: text('Status', { default: path('$.properties.status') }),
    delivery_category: customDataMembers.delivery_category,
    contents: contents(hasProducts(productList, ifProduct)),
    count_items: { ...content.count_items, default: true },
  },
  customData: {
    currency: 'given',
    value: 'given',
    net_revenue: 'given',
    predicted_ltv: 'given',
    order_id: 'filled',
    item_number: 'filled',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    content_category: 'filled',
    contents: 'filled',
    num_items: 'given',
    search_string: 'filled',
    status: 'filled',
    delivery_category: 'filled',
    customer_segmentation: 'filled',
  },
  needsUserAgent: true,
} as const satisfies Action;
