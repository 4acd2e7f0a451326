/** Where a conversion can happen, as mappings may say it. @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event */
export const actionSources = [
  'email',
  'website',
  'app',
  'phone_call',
  'chat',
  'physical_store',
  'system_generated',
  'business_messaging',
  'other',
] as const;

/** Where a conversation led to an event of `business_messaging`. @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/business-messaging */
export const messagingChannels = ['messenger', 'whatsapp', 'instagram'] as const;
