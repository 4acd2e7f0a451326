import type { Action } from './action.ts';
import { commerceFields, commonFields, contentFields, contents, productIds, productList } from './common-fields.ts';
import { firstOf, number } from '../event/field.ts';

const { content_name: _, content_type: __, ...content } = contentFields(productIds);

export const initiateCheckout: Action = {
  title: 'Initiate Checkout',
  eventName: 'InitiateCheckout',
  trigger: 'type = "track" and event = "Checkout Started"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    value: number('Value', { default: firstOf('$.properties.revenue', '$.properties.value', '$.properties.total') }),
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
  },
  needsUserAgent: true,
};
