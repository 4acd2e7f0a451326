import type { Example } from './example.ts';

export const productsSearched = {
  title: 'Products Searched becomes Search',
  mapping: { name: 'Search', action: 'search', fields: { action_source: 'website' } },
  in: {
    type: 'track',
    event: 'Products Searched',
    messageId: 'products-searched-1',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:40:00.000Z',
    properties: { query: 'running shoes' },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: { url: 'https://shop.example/search?q=running+shoes' },
    },
  },
  out: {
    event_name: 'Search',
    event_time: 1773142800,
    event_source_url: 'https://shop.example/search?q=running+shoes',
    event_id: 'products-searched-1',
    action_source: 'website',
    user_data: {
      external_id: ['f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380'],
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    custom_data: { search_string: 'running shoes' },
  },
} satisfies Example;
