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

const { num_items: _, count_items: __, ...content } = contentFields(ownProductId);

export const viewContent = {
  title: 'View Content',
  eventName: 'ViewContent',
  trigger: 'type = "track" and event = "Product Viewed"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    value: { ...customDataMembers.value, default: productValue },
    contents: contents(singleProduct),
  },
  customData: {
    currency: 'always',
    value: 'always',
    content_ids: 'filled',
    content_name: 'filled',
    content_type: 'filled',
    content_category: 'filled',
    contents: 'given',
    customer_segmentation: 'filled',
  },
  needsUserAgent: true,
} as const satisfies Action;
