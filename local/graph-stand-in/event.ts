import * as z from 'zod';
import { UserData } from './user-data.ts';

/** @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event */
const actionSources = [
  ...(['email', 'website', 'app', 'phone_call', 'chat', 'physical_store'] as const),
  ...(['system_generated', 'business_messaging', 'other'] as const),
] as const;

const text = z.string().nullish();
const number = z.number().nullish();
const integer = z.int().nullish();
const flag = z.union([z.literal(0), z.literal(1)]).nullish();
const deliveryCategory = z.enum(['in_store', 'curbside', 'home_delivery']).nullish();

const Content = z.looseObject({
  id: z.string().min(1),
  quantity: number,
  item_price: number,
  delivery_category: deliveryCategory,
});

/** A number also as text: a sample of the page on app events has `"142.52"`. */
const amount = z.union([z.number(), z.string().regex(/^\d+(?:\.\d+)?$/)]).nullish();

/** @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/custom-data */
const CustomData = z.looseObject({
  value: amount,
  currency: text,
  content_ids: z.union([z.string(), z.array(z.string())]).nullish(),
  contents: z.array(Content).nullish(),
  content_type: text,
  content_name: text,
  content_category: text,
  num_items: integer,
  order_id: text,
  predicted_ltv: number,
  net_revenue: number,
  search_string: text,
  status: z.union([z.string(), z.boolean()]).nullish(),
  delivery_category: deliveryCategory,
  item_number: text,
});

/** @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/app-data */
const AppData = z.looseObject({
  advertiser_tracking_enabled: flag,
  application_tracking_enabled: flag,
  extinfo: z.array(z.string()).nullish(),
});

/** Members of one element of `data` by their types; what further rules there are is in the table of rules. */
export const Event = z.looseObject({
  event_name: z.string().min(1),
  event_time: z.int().positive(),
  action_source: z.enum(actionSources),
  user_data: UserData,
  custom_data: CustomData.nullish(),
  app_data: AppData.nullish(),
  event_id: text,
  event_source_url: text,
  referrer_url: text,
  opt_out: z.boolean().nullish(),
  messaging_channel: z.enum(['messenger', 'whatsapp', 'instagram']).nullish(),
  data_processing_options: z.array(z.literal('LDU')).max(1).nullish(),
  data_processing_options_country: z.union([z.literal(0), z.literal(1)]).nullish(),
  data_processing_options_state: integer,
});
export type Event = z.infer<typeof Event>;
