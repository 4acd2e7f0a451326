/** Names under which Segment's, Customer.io's and RudderStack's users know the destination. */
export const conversionsApiNames: readonly string[] = [
  'Facebook Conversions API (Actions)',
  'Facebook Conversions API',
  'Facebook Conversions',
  'FACEBOOK_CONVERSIONS',
];

/** The name of Segment's older destination for shop sales. */
export const offlineConversionsName = 'Facebook Offline Conversions';

/**
 * Name of the pages' twin among a library's integrations: in its settings for the program, in a call as `false` where the
 * visitor refused. Every destination goes by it.
 */
export const pixelTwinName = 'Meta Pixel Twin';
