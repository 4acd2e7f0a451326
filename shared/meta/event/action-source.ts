/** Where a conversion can happen, as mappings may say it. @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event */
export const actionSources = [
  'email',
  'website',
  'app',
  'phone_call',
  'chat',
  'physical_store',
  'system_generated',
  'other',
] as const;
