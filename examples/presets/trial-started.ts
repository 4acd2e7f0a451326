import { website } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const trialStarted = {
  title: 'Trial Started becomes StartTrial',
  destinations: website,
  in: {
    type: 'track',
    event: 'Trial Started',
    messageId: 'trial-started-1',
    userId: 'user-42',
    timestamp: '2026-03-10T11:21:00.000Z',
    properties: {
      plan: 'team',
      value: 0,
      predicted_ltv: 480,
      currency: 'EUR',
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: {
        url: 'https://app.example/trial',
      },
    },
    integrations: {
      'Facebook Conversions API (Actions)': {
        dataProcessingOptions: [['LDU'], 1, 1000],
      },
    },
  },
  out: {
    event_name: 'StartTrial',
    event_time: 1773141660,
    event_source_url: 'https://app.example/trial',
    event_id: 'trial-started-1',
    action_source: 'website',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    data_processing_options: ['LDU'],
    data_processing_options_country: 1,
    data_processing_options_state: 1000,
    custom_data: {
      currency: 'EUR',
      value: 0,
      predicted_ltv: 480,
    },
  },
} satisfies PresetExample;
