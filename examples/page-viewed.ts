import type { Example } from './example.ts';

export const pageViewed = {
  title: 'A page call becomes PageView',
  mapping: { name: 'Page View', action: 'pageView', fields: { action_source: 'website' } },
  in: {
    type: 'page',
    name: 'Home',
    messageId: 'page-viewed-1',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:35:00.000Z',
    properties: { title: 'Home', url: 'https://shop.example/' },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: { url: 'https://shop.example/', referrer: 'https://search.example/' },
    },
  },
  out: {
    event_name: 'PageView',
    event_time: 1773142500,
    event_source_url: 'https://shop.example/',
    referrer_url: 'https://search.example/',
    event_id: 'page-viewed-1',
    action_source: 'website',
    user_data: {
      external_id: ['f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380'],
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
  },
} satisfies Example;
