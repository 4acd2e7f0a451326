import type { Action } from './action.ts';
import { commonFields, customDataFields } from './common-fields.ts';
import { path, text } from '../event/field.ts';

/** Any event under any name, standard or custom; `custom_data` goes out as it is mapped. */
export const custom: Action = {
  title: 'Custom Event',
  eventName: undefined,
  trigger: undefined,
  fields: {
    ...commonFields,
    event_name: text('Event Name', { required: true, default: path('$.event') }),
    ...customDataFields,
  },
  customData: {},
  needsUserAgent: false,
};
