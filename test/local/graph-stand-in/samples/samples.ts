import { from } from '../../../../local/graph-stand-in/evidence.ts';

/** A request that one of Meta's pages shows. What the page leaves to the reader (`<ACCESS_TOKEN>`, a time) is filled in. */
interface Sample {
  readonly title: string;
  readonly evidence: ReturnType<typeof from>;
  /** The page shows a form rather than JSON. */
  readonly form?: true;
  /** Without `event_time`: the page's own is long past. */
  readonly event: Readonly<Record<string, unknown>>;
}

const em = ['309a0a5c3e211326ae75ca18196d301a9bdbd1a882a4d2569511033da23f0abd'];
const ph = [
  '254aa248acb47dd654ca3ea53f48c2c26d641d23d7e2e93a1ec56258df7674c4',
  '6f4fcb9deaeadc8f9746ae76d97ce1239e98b404efe5da3ee0b7149740f89ad6',
];

const extinfo = [
  ...['a2', 'com.some.app', '771', 'Version 7.7.1', '10.1.1', 'OnePlus6', 'en_US', 'GMT-1'],
  ...['TMobile', '1920', '1080', '2.00', '2', '128', '8', 'USA/New York'],
];

const appUser = {
  client_ip_address: '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
  madid: '38400000-8cf0-11bd-b23e-10b96e40000d',
  anon_id: '12345340-1234-3456-1234-123456789012',
};

const clickId =
  'Afc3nYt4TTydumlFFsatFz8bR2yHCtVA92Veu_zDE4DgAI-QqCwM6eC3-K3lTGHRiLxRTVXFEsdyKQQSa-2obZyuGBq_EYypt_OwbMihBV0pbUoRmrGnEjwFTHop-Px0TfA';

const limited = {
  event_name: 'Purchase',
  action_source: 'website',
  user_data: { em, client_ip_address: '256.256.256.256' },
  custom_data: { currency: 'USD', value: '142.52' },
};
const subscriptionNote = 'the page is older than the requirement of action_source, which is added';
const limitedNote = 'shown for offline events; placeholders are filled in, and action_source is added';

export const samples: readonly Sample[] = [
  {
    title: 'a purchase on a website',
    evidence: from('usingTheApi'),
    form: true,
    event: {
      event_name: 'Purchase',
      user_data: {
        em,
        ph,
        client_ip_address: '123.123.123.123',
        client_user_agent: '$CLIENT_USER_AGENT',
        fbc: 'fb.1.1554763741205.AbCdEfGhIjKlMnOpQrStUvWxYz1234567890',
        fbp: 'fb.1.1558571054389.1098115397',
      },
      custom_data: {
        currency: 'usd',
        value: 123.45,
        contents: [{ id: 'product123', quantity: 1, delivery_category: 'home_delivery' }],
      },
      event_source_url: 'http://jaspers-market.com/product/123',
      action_source: 'website',
    },
  },
  {
    title: 'a purchase in an app, with its value in text',
    evidence: from('appEvents'),
    event: {
      event_name: 'Purchase',
      action_source: 'app',
      user_data: {
        ...appUser,
        em: ['30a79640dfd8293d4f4965ec11821f640ca77979ca0a6b365f06372f81a3f602'],
        ph: [
          '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b',
          '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        ],
      },
      custom_data: { currency: 'USD', value: '142.52' },
      app_data: {
        advertiser_tracking_enabled: 1,
        application_tracking_enabled: 1,
        campaign_ids: 'abcd1234',
        extinfo,
      },
    },
  },
  {
    title: 'an install of an app',
    evidence: from('appEvents'),
    event: {
      event_name: 'MobileAppInstall',
      action_source: 'app',
      user_data: appUser,
      app_data: { advertiser_tracking_enabled: 1, application_tracking_enabled: 1, extinfo },
    },
  },
  {
    title: 'a purchase in a store',
    evidence: from('offlineEvents'),
    form: true,
    event: {
      event_name: 'Purchase',
      user_data: { em, ph },
      custom_data: { currency: 'usd', value: 123.45, contents: [{ id: 'product123', quantity: 1 }] },
      action_source: 'physical_store',
    },
  },
  {
    title: 'a lead of a CRM',
    evidence: from('crmIntegration'),
    event: {
      event_name: 'Lead',
      action_source: 'system_generated',
      user_data: {
        lead_id: 1234567890123456,
        em: ['973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b'],
        ph: ['74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b'],
      },
      custom_data: { lead_event_source: 'Your CRM', event_source: 'crm' },
    },
  },
  {
    title: 'a stage of a lead, by its id alone',
    evidence: from('crmIntegration', 'the page misses a quotation mark of custom_data'),
    event: {
      event_name: 'initial_lead',
      user_data: { lead_id: 1234567890123456 },
      action_source: 'system_generated',
      custom_data: { lead_event_source: 'Salesforce', event_source: 'crm' },
    },
  },
  {
    title: 'a lead in a WhatsApp chat',
    evidence: from('automaticEvents'),
    event: {
      event_name: 'LeadSubmitted',
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
      user_data: { ctwa_clid: clickId },
      messaging_outcome_data: { outcome_type: 'automatic_events' },
    },
  },
  {
    title: 'a purchase in a WhatsApp chat',
    evidence: from('automaticEvents'),
    event: {
      event_name: 'Purchase',
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
      user_data: { ctwa_clid: clickId },
      custom_data: { currency: 'USD', value: 123.45 },
      messaging_outcome_data: { outcome_type: 'automatic_events' },
    },
  },
  {
    title: 'a purchase in a WhatsApp chat, by the account',
    evidence: from('businessMessaging', 'its ids are placeholders'),
    event: {
      event_name: 'Purchase',
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
      user_data: { whatsapp_business_account_id: '102290129340398', ctwa_clid: clickId },
      custom_data: { currency: 'USD', value: 123 },
    },
  },
  {
    title: 'a purchase in a Messenger chat',
    evidence: from('businessMessaging', 'its ids are placeholders'),
    event: {
      event_name: 'Purchase',
      action_source: 'business_messaging',
      messaging_channel: 'messenger',
      user_data: { page_id: '1906385232743451', page_scoped_user_id: '7720000000000001' },
      custom_data: { currency: 'USD', value: 123 },
    },
  },
  {
    title: 'a purchase in an Instagram chat',
    evidence: from('businessMessaging', 'its ids are placeholders'),
    event: {
      event_name: 'Purchase',
      action_source: 'business_messaging',
      messaging_channel: 'instagram',
      user_data: { instagram_business_account_id: '17841400000000001', ig_sid: '8820000000000001' },
      custom_data: { currency: 'USD', value: 123 },
    },
  },
  {
    title: 'a purchase that says what kind of customer it was',
    evidence: from('serverEvent', 'built from the table of parameters and its sample of custom_data'),
    event: {
      event_name: 'Purchase',
      action_source: 'website',
      event_source_url: 'http://jaspers-market.com/product/123',
      referrer_url: 'http://jaspers-market.com/cart',
      event_id: 'event.id.123',
      opt_out: false,
      user_data: { em, client_user_agent: '$CLIENT_USER_AGENT', client_ip_address: '123.123.123.123' },
      custom_data: { currency: 'USD', value: 142.52, customer_segmentation: 'new_customer_to_business' },
    },
  },
  {
    title: 'a renewal of a subscription',
    evidence: from('subscriptionEvents', subscriptionNote),
    event: {
      event_name: 'RecurringSubscriptionPayment',
      action_source: 'other',
      event_id: 'event.id.123',
      opt_out: false,
      user_data: { em: em[0], subscription_id: 'subscription_id1234' },
      custom_data: { value: 100.2, currency: 'USD' },
    },
  },
  {
    title: 'the end of a subscription',
    evidence: from('subscriptionEvents', subscriptionNote),
    event: {
      event_name: 'CancelSubscription',
      action_source: 'other',
      event_id: 'event.id.123',
      opt_out: false,
      user_data: { em: em[0], subscription_id: 'subscription_id1234' },
    },
  },
  {
    title: 'an attribution that is appended to a purchase',
    evidence: from('originalEvent', 'built from the parameters that the guide requires for web events'),
    event: {
      event_name: 'AppendAttribution',
      action_source: 'website',
      event_source_url: 'http://jaspers-market.com/product/123',
      user_data: { em, client_user_agent: '$CLIENT_USER_AGENT' },
      custom_data: { currency: 'USD', value: 10 },
      original_event_data: {
        event_name: 'Purchase',
        event_time: 1795348000,
        order_id: 'O-123',
        event_id: 'event.id.123',
      },
      attribution_data: {
        ad_id: '120000000000000001',
        touchpoint_ts: 1795262400,
        attribution_model: 'last_click',
        attribution_share: 0.5,
        attribution_value: 5,
        attribution_setting: { inactivity_window_hours: 24, reattribution_window_hours: 168 },
      },
    },
  },
  {
    title: 'no limit to data processing',
    evidence: from('dataProcessing', limitedNote),
    event: { ...limited, data_processing_options: [] },
  },
  {
    title: 'limited data use, where Meta finds out the state',
    evidence: from('dataProcessing', limitedNote),
    event: {
      ...limited,
      data_processing_options: ['LDU'],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    },
  },
  {
    title: 'limited data use in California',
    evidence: from('dataProcessing', limitedNote),
    event: {
      ...limited,
      user_data: { em },
      data_processing_options: ['LDU'],
      data_processing_options_country: 1,
      data_processing_options_state: 1000,
    },
  },
];

/** The reference of the edge shows an event without `action_source`, which the page of its parameters requires. */
export const contradictedSample: Sample = {
  title: 'a page view without action_source',
  evidence: from('eventsEdge', 'the page is older than the requirement'),
  form: true,
  event: {
    event_name: 'PageView',
    user_data: {
      fbc: 'fb.1.1554763741205.AbCdEfGhIjKlMnOpQrStUvWxYz1234567890',
      fbp: 'fb.1.1558571054389.1098115397',
      em: em[0],
    },
  },
};
