import { website } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const leadGenerated = {
  title: 'Lead Generated becomes Lead',
  destinations: website,
  in: {
    type: 'track',
    event: 'Lead Generated',
    messageId: 'lead-generated-1',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:24:00.000Z',
    properties: {
      form: 'newsletter',
      value: 20,
      currency: 'EUR',
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: {
        url: 'https://shop.example/newsletter?fbclid=IwAR0abc',
      },
      traits: {
        email: 'ann.lee@example.com',
      },
    },
  },
  out: {
    event_name: 'Lead',
    event_time: 1773141840,
    event_source_url: 'https://shop.example/newsletter?fbclid=IwAR0abc',
    event_id: 'lead-generated-1',
    action_source: 'website',
    user_data: {
      external_id: ['f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380'],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      fbc: 'fb.1.1773141840000.IwAR0abc',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      currency: 'EUR',
      value: 20,
    },
  },
} satisfies PresetExample;
