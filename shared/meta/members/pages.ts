const capi = 'https://developers.facebook.com/documentation/ads-commerce/conversions-api';
const marketing = 'https://developers.facebook.com/documentation/ads-commerce/marketing-api';
const docs = 'https://developers.facebook.com/docs';

interface Page {
  readonly title: string;
  readonly url: string;
}

/** Meta's pages that the fields, their rules and the stand-in are written from. */
export const pages = {
  usingTheApi: { title: 'Using the API', url: `${capi}/using-the-api` },
  mainBody: { title: 'Main Body Parameters', url: `${capi}/parameters/main-body` },
  eventsEdge: { title: 'Ads Pixel Events', url: `${marketing}/reference/ads-pixel/events` },
  serverEvent: { title: 'Server Event Parameters', url: `${capi}/parameters/server-event` },
  customerInformation: {
    title: 'Customer Information Parameters',
    url: `${capi}/parameters/customer-information-parameters`,
  },
  customData: { title: 'Custom Data Parameters', url: `${capi}/parameters/custom-data` },
  appData: { title: 'App Data Parameters', url: `${capi}/parameters/app-data` },
  appEvents: { title: 'App Events', url: `${capi}/app-events` },
  version13: { title: 'Changelog, Version 13.0', url: `${docs}/graph-api/changelog/version13.0` },
  deduplication: { title: 'Handling Duplicate Events', url: `${capi}/deduplicate-pixel-and-server-events` },
  offlineEvents: { title: 'Offline Events', url: `${capi}/offline-events` },
  originalEvent: { title: 'Original Event Parameters', url: `${capi}/parameters/original-event` },
  subscriptionEvents: {
    title: 'Subscription Lifecycle Events',
    url: `${docs}/marketing-api/conversions-api/subscription-lifecycle-events`,
  },
  clickIds: { title: 'fbp and fbc Parameters', url: `${capi}/parameters/fbp-and-fbc` },
  businessMessaging: { title: 'Business Messaging', url: `${capi}/business-messaging` },
  leads: {
    title: 'Conversion Leads, Payload Specification',
    url: `${capi}/conversion-leads-integration/payload-specification`,
  },
  crmIntegration: {
    title: 'CRM Integration, Developer Implementation',
    url: `${capi}/conversion-leads-integration/crm-integration/3-implementing-the-crm-integration`,
  },
  automaticEvents: {
    title: 'WhatsApp, Automatic Events API',
    url: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/automatic-events-api',
  },
  endToEnd: { title: 'End-to-End Implementation', url: `${capi}/guides/end-to-end-implementation` },
  dataProcessing: { title: 'Data Processing Options', url: `${docs}/marketing-apis/data-processing-options` },
  errorHandling: { title: 'Handling Errors', url: `${docs}/graph-api/guides/error-handling` },
  rateLimiting: { title: 'Rate Limits', url: `${docs}/graph-api/overview/rate-limiting` },
  securing: { title: 'Securing Requests', url: `${docs}/graph-api/securing-requests` },
  versioning: { title: 'Versioning', url: `${docs}/graph-api/guides/versioning` },
  results: { title: 'Paginated Results', url: `${docs}/graph-api/results` },
  debugToken: { title: 'Debug Token', url: `${docs}/graph-api/reference/debug_token` },
  businessPixels: { title: 'Business Adspixels', url: `${marketing}/reference/business/adspixels` },
} as const satisfies Readonly<Record<string, Page>>;

export type PageName = keyof typeof pages;
