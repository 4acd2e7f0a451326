import type { Action } from '../event/action.ts';
import { commerceFields, commonFields, contentFields, contents, productIds, productList } from './common-fields.ts';
import { customDataMembers } from '../event/custom-data-members.ts';
import { path } from '../event/field.ts';

const { content_name: _, content_type: __, num_items: ___, count_items: ____, ...content } = contentFields(productIds);

export const search = {
  title: 'Search',
  eventName: 'Search',
  trigger: 'type = "track" and event = "Products Searched"',
  fields: {
    ...commonFields,
    ...commerceFields,
    ...content,
    value: customDataMembers.value,
    // Segment builds a line from the event's own properties, which a search does not have.
    contents: contents(productList),
    search_string: { ...customDataMembers.search_string, default: path('$.properties.query') },
  },
  customData: {
    currency: 'always',
    value: 'always',
    content_ids: 'filled',
    contents: 'given',
    content_category: 'filled',
    search_string: 'filled',
    customer_segmentation: 'filled',
  },
  needsUserAgent: true,
} as const satisfies Action;
