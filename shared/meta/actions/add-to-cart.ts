import type { Action } from '../event/action.ts';
import {
  commerceFields,
  commonFields,
  contentFields,
  contents,
  ownProductId,
  productValue,
  singleProduct,
} from './common-fields.ts';
import { customDataMembers } from '../event/custom-data-members.ts';

const { content_category: _, num_items: __, count_items: ___, ...content } = contentFields(ownProductId);

export const addToCart = {
  title: 'Add to Cart',
  eventName: 'AddToCart',
  trigger: 'type = "track" and event = "Product Added"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    value: { ...customDataMembers.value, default: productValue },
    contents: contents(singleProduct),
  },
  customData: {
    currency: 'always',
    value: 'given',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    contents: 'given',
    customer_segmentation: 'filled',
  },
  needsUserAgent: true,
} as const satisfies Action;
