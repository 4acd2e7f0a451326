import type { Action } from './action.ts';
import { commerceFields, commonFields, contentFields, contents, productIds, productList } from './common-fields.ts';
import { firstOf, number, path, text } from '../event/field.ts';

const { content_category: _, ...content } = contentFields(productIds);

export const purchase: Action = {
  title: 'Purchase',
  eventName: 'Purchase',
  trigger: 'type = "track" and event = "Order Completed"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    currency: { ...commerceFields.currency, required: true },
    value: number('Value', {
      required: true,
      default: firstOf('$.properties.revenue', '$.properties.total', '$.properties.value'),
    }),
    net_revenue: number('Net Revenue'),
    order_id: text('Order ID', { default: path('$.properties.order_id') }),
    contents: contents(productList),
    count_items: { ...content.count_items, default: true },
  },
  customData: {
    currency: 'always',
    value: 'always',
    net_revenue: 'given',
    order_id: 'filled',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    contents: 'given',
    num_items: 'given',
  },
  needsUserAgent: true,
};
