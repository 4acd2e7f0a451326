import type { Action } from '../event/action.ts';
import {
  commerceFields,
  commonFields,
  contentFields,
  contents,
  orderId,
  orderValue,
  productIds,
  productList,
} from './common-fields.ts';
import { customDataMembers } from '../event/custom-data-members.ts';

const { content_category: _, ...content } = contentFields(productIds);

export const purchase = {
  title: 'Purchase',
  eventName: 'Purchase',
  trigger: 'type = "track" and event = "Order Completed"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    currency: { ...commerceFields.currency, required: true },
    value: { ...customDataMembers.value, required: true, default: orderValue },
    net_revenue: customDataMembers.net_revenue,
    item_number: customDataMembers.item_number,
    order_id: { ...customDataMembers.order_id, default: orderId },
    contents: contents(productList),
    count_items: { ...content.count_items, default: true },
  },
  customData: {
    currency: 'always',
    value: 'always',
    net_revenue: 'given',
    order_id: 'filled',
    item_number: 'filled',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    contents: 'given',
    num_items: 'given',
    customer_segmentation: 'filled',
  },
  needsUserAgent: true,
} as const satisfies Action;
