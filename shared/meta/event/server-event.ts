import * as z from 'zod';
import { actionSources } from './action-source.ts';

const digest = z.string().regex(/^([0-9a-f]{64}|[0-9a-f]{32})(\.[A-Za-z0-9_-]{2,8})?$/);
const digests = z.union([digest, z.array(digest).min(1)]);
const id = z.union([z.string().min(1), z.int().nonnegative()]);

export const UserData = z.strictObject({
  em: digests.optional(),
  ph: digests.optional(),
  fn: digests.optional(),
  ln: digests.optional(),
  db: digests.optional(),
  ge: digests.optional(),
  ct: digests.optional(),
  st: digests.optional(),
  zp: digests.optional(),
  country: digests.optional(),
  external_id: digests.optional(),
  client_ip_address: z.string().min(1).optional(),
  client_user_agent: z.string().min(1).optional(),
  fbc: z.string().min(1).optional(),
  fbp: z.string().min(1).optional(),
  subscription_id: z.string().min(1).optional(),
  lead_id: id.optional(),
  fb_login_id: id.optional(),
  anon_id: z.string().min(1).optional(),
  madid: z.string().min(1).optional(),
  partner_id: z.string().min(1).optional(),
  partner_name: z.string().min(1).optional(),
  ctwa_clid: z.string().min(1).optional(),
  page_id: z.string().min(1).optional(),
  page_scoped_user_id: z.string().min(1).optional(),
  ig_account_id: z.string().min(1).optional(),
  ig_sid: z.string().min(1).optional(),
  instagram_business_account_id: z.string().min(1).optional(),
  whatsapp_business_account_id: z.string().min(1).optional(),
});

const Content = z.strictObject({
  id: z.string().min(1),
  quantity: z.int().optional(),
  item_price: z.number().optional(),
  delivery_category: z.enum(['in_store', 'curbside', 'home_delivery']).optional(),
});

const CustomData = z.looseObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  value: z.number().optional(),
  contents: z.array(Content).optional(),
  content_ids: z.array(z.string()).optional(),
  num_items: z.int().optional(),
});

const AppData = z.strictObject({
  advertiser_tracking_enabled: z.union([z.literal(0), z.literal(1)]),
  application_tracking_enabled: z.union([z.literal(0), z.literal(1)]),
  madid: z.string().optional(),
  extinfo: z.array(z.string()).length(16),
});

/**
 * One element of `data` as this pipeline sends it. Strict, so that a misplaced member cannot pass a test.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event
 */
export const ServerEvent = z.strictObject({
  event_name: z.string().min(1),
  event_time: z.int().positive(),
  event_id: z.string().min(1).optional(),
  event_source_url: z.string().min(1).optional(),
  referrer_url: z.string().min(1).optional(),
  action_source: z.enum([...actionSources, 'business_messaging']),
  user_data: UserData,
  custom_data: CustomData.optional(),
  app_data: AppData.optional(),
  data_processing_options: z.array(z.literal('LDU')).optional(),
  data_processing_options_country: z.int().nonnegative().optional(),
  data_processing_options_state: z.int().nonnegative().optional(),
});
export type ServerEvent = z.infer<typeof ServerEvent>;
