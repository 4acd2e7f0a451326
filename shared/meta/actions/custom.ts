import { customDataMembers } from '../event/custom-data-members.ts';
import { added, path, text } from '../event/field.ts';
import type { Action } from '../event/action.ts';
import { commonFields, customDataFields } from './common-fields.ts';

/** Any event under any name, standard or custom; `custom_data` goes out as it is mapped, with the fields of it that are mapped by name. */
export const custom = {
  title: 'Custom Event',
  eventName: undefined,
  trigger: undefined,
  fields: {
    ...commonFields,
    event_name: text('Event Name', { required: true, default: path('$.event') }),
    ...customDataFields,
    ...added(customDataMembers),
  },
  customData: {
    value: 'given',
    currency: 'given',
    content_ids: 'filled',
    contents: 'filled',
    content_type: 'filled',
    content_name: 'filled',
    content_category: 'filled',
    num_items: 'given',
    order_id: 'filled',
    item_number: 'filled',
    net_revenue: 'given',
    predicted_ltv: 'given',
    search_string: 'filled',
    status: 'filled',
    delivery_category: 'filled',
    customer_segmentation: 'filled',
  },
  needsUserAgent: false,
} as const satisfies Action;
