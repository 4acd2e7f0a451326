import type { Action } from './action.ts';
import { commerceFields, commonFields, contentFields, contents, ownProductId, singleProduct } from './common-fields.ts';
import { firstOf, number } from '../event/field.ts';

const { content_category: _, num_items: __, count_items: ___, ...content } = contentFields(ownProductId);

export const addToCart: Action = {
  title: 'Add to Cart',
  eventName: 'AddToCart',
  trigger: 'type = "track" and event = "Product Added"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    value: number('Value', { default: firstOf('$.properties.price', '$.properties.value') }),
    contents: contents(singleProduct),
  },
  customData: {
    currency: 'always',
    value: 'given',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    contents: 'given',
  },
  needsUserAgent: true,
};
