import * as z from 'zod';
import { actionSources, messagingChannels } from '../../shared/meta/event/action-source.ts';
import { membersOf } from './member-types.ts';
import { UserData } from './user-data.ts';

const amount = z.union([z.number(), z.string().regex(/^\d+(?:\.\d+)?$/)]).nullish();

const Content = z.looseObject({ ...membersOf('contents'), id: z.string().min(1), quantity: z.number().nullish() });

const CustomData = z.looseObject({
  ...membersOf('custom_data'),
  value: amount,
  currency: z.string().nullish(),
  contents: z.array(Content).nullish(),
});

const AppData = z.looseObject({ ...membersOf('app_data'), extinfo: z.array(z.string()).nullish() });

const AttributionData = z.looseObject({
  ...membersOf('attribution_data'),
  attribution_setting: z.looseObject(membersOf('attribution_setting')).nullish(),
});

/** Members of one element of `data` by their types; what further rules there are is in the table of rules. */
export const Event = z.looseObject({
  ...membersOf('server event'),
  event_name: z.string().min(1),
  event_time: z.int().positive(),
  action_source: z.enum(actionSources),
  user_data: UserData,
  custom_data: CustomData.nullish(),
  app_data: AppData.nullish(),
  event_id: z.string().nullish(),
  event_source_url: z.string().nullish(),
  referrer_url: z.string().nullish(),
  messaging_channel: z.enum(messagingChannels).nullish(),
  original_event_data: z.looseObject(membersOf('original_event_data')).nullish(),
  attribution_data: AttributionData.nullish(),
  // Its table has it here, its sample within custom_data.
  customer_segmentation: membersOf('custom_data')['customer_segmentation'],
  data_processing_options: z.array(z.literal('LDU')).max(1).nullish(),
  data_processing_options_country: z.union([z.literal(0), z.literal(1)]).nullish(),
  data_processing_options_state: z.int().nullish(),
});
export type Event = z.infer<typeof Event>;
