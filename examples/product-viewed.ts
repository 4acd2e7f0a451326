import type { Example } from './example.ts';

export const productViewed = {
  title: 'Product Viewed becomes ViewContent',
  mapping: { name: 'View Content', action: 'viewContent', fields: { action_source: 'website' } },
  in: {
    type: 'track',
    event: 'Product Viewed',
    messageId: 'product-viewed-1',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:45:00.000Z',
    properties: { sku: 'SHOE-1', price: 189.99, currency: 'EUR', fbc: 'fb.1.1772900000000.IwAR0abc' },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: { url: 'https://shop.example/shoes/1' },
    },
  },
  out: {
    event_name: 'ViewContent',
    event_time: 1773143100,
    event_source_url: 'https://shop.example/shoes/1',
    event_id: 'product-viewed-1',
    action_source: 'website',
    user_data: {
      external_id: ['f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380'],
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      fbc: 'fb.1.1772900000000.IwAR0abc',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      currency: 'EUR',
      value: 189.99,
      content_ids: ['SHOE-1'],
      content_type: 'product',
      contents: [{ id: 'SHOE-1', item_price: 189.99 }],
    },
  },
} satisfies Example;
