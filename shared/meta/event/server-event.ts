import * as z from 'zod';
import { type MatchKeyRow, matchKeyTable, type UserDataKey } from '../user-data/match-key-table.ts';
import { actionSources, messagingChannels } from './action-source.ts';

const digest = z.string().regex(/^([0-9a-f]{64}|[0-9a-f]{32})(\.[A-Za-z0-9_-]{2,8})?$/);
const digests = z.union([digest, z.array(digest).min(1)]);
const id = z.union([z.string().min(1), z.int().nonnegative()]);

/** The strict schema of a key: digests for what is hashed, numbers or their digits for whole numbers, else text. */
function schemaOf({ hashed, from }: MatchKeyRow) {
  if (hashed !== undefined) return digests.optional();
  return Object.values(from).some(({ type }) => type === 'integer' || type === 'leadId')
    ? id.optional()
    : z.string().min(1).optional();
}

const rows: readonly MatchKeyRow[] = matchKeyTable;

/** Every key of the table of match keys, and no other. */
export const UserData = z.strictObject(
  Object.fromEntries(rows.map((row) => [row.key, schemaOf(row)])) as Readonly<
    Record<UserDataKey, ReturnType<typeof schemaOf>>
  >,
);

const Content = z.strictObject({
  id: z.string().min(1),
  quantity: z.int().optional(),
  item_price: z.number().optional(),
  delivery_category: z.enum(['in_store', 'curbside', 'home_delivery']).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  brand: z.string().optional(),
  category: z.string().optional(),
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
  campaign_ids: z.string().optional(),
  install_referrer: z.string().optional(),
  installer_package: z.string().optional(),
  url_schemes: z.array(z.string()).optional(),
  vendor_id: z.string().optional(),
  windows_attribution_id: z.string().optional(),
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
  action_source: z.enum(actionSources),
  opt_out: z.boolean().optional(),
  messaging_channel: z.enum(messagingChannels).optional(),
  messaging_outcome_data: z.strictObject({ outcome_type: z.string() }).optional(),
  original_event_data: z
    .strictObject({
      event_name: z.string().optional(),
      event_time: z.int().optional(),
      order_id: z.string().optional(),
      event_id: z.string().optional(),
    })
    .optional(),
  attribution_data: z.looseObject({}).optional(),
  user_data: UserData,
  custom_data: CustomData.optional(),
  app_data: AppData.optional(),
  data_processing_options: z.array(z.literal('LDU')).optional(),
  data_processing_options_country: z.int().nonnegative().optional(),
  data_processing_options_state: z.int().nonnegative().optional(),
});
export type ServerEvent = z.infer<typeof ServerEvent>;
