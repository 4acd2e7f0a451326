import type { Action } from '../event/action.ts';
import {
  commerceFields,
  commonFields,
  contentFields,
  contents,
  orderValue,
  productIds,
  productList,
} from './common-fields.ts';
import { customDataMembers } from '../event/custom-data-members.ts';

const { content_name: _, content_type: __, ...content } = contentFields(productIds);

export const initiateCheckout = {
  title: 'Initiate Checkout',
  eventName: 'InitiateCheckout',
  trigger: 'type = "track" and event = "Checkout Started"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    value: { ...customDataMembers.value, default: orderValue },
    contents: contents(productList),
    count_items: { ...content.count_items, default: true },
  },
  customData: {
    currency: 'always',
    value: 'given',
    num_items: 'given',
    content_ids: 'filled',
    contents: 'given',
    content_category: 'filled',
    customer_segmentation: 'filled',
  },
  needsUserAgent: true,
} as const satisfies Action;
