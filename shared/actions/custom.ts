import type { Action } from './action.ts';
import { commonFields } from './common-fields.ts';
import { customDataOf } from './custom-data.ts';
import { object, path, text } from './field.ts';

/** Any event under any name, standard or custom; `custom_data` goes out as it is mapped. */
export const custom: Action = {
  title: 'Custom Event',
  eventName: undefined,
  trigger: undefined,
  fields: {
    ...commonFields,
    event_name: text('Event Name', { required: true, default: path('$.event') }),
    custom_data: object('Custom Data'),
  },
  customData: customDataOf({}),
  needsUserAgent: false,
};
