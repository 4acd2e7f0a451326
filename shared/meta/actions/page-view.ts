import type { Action } from '../event/action.ts';
import { commonFields } from './common-fields.ts';

export const pageView = {
  title: 'Page View',
  eventName: 'PageView',
  trigger: 'type = "page"',
  fields: commonFields,
  customData: undefined,
  needsUserAgent: true,
} as const satisfies Action;
