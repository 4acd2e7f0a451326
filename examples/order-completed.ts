import type { Example } from './example.ts';

export const orderCompleted = {
  title: 'Order Completed becomes Purchase',
  mapping: { name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } },
  in: {
    type: 'track',
    event: 'Order Completed',
    messageId: 'order-completed-1',
    userId: 'user-42',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:59:00.000Z',
    properties: {
      order_id: 'ORD-300',
      revenue: 249.99,
      currency: 'EUR',
      products: [
        { product_id: 'SHOE-1', quantity: 1, price: 189.99 },
        { sku: 'SOCK-9', quantity: 3, price: 20 },
      ],
      fbp: 'fb.1.1772900000000.1116446470',
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: { url: 'https://shop.example/thanks?fbclid=IwAR0abc' },
      traits: { email: ' Ann.Lee@Example.com', phone: '+1 (650) 555-1212', firstName: 'Ann', lastName: 'Lee' },
    },
  },
  out: {
    event_name: 'Purchase',
    event_time: 1773143940,
    event_source_url: 'https://shop.example/thanks?fbclid=IwAR0abc',
    event_id: 'order-completed-1',
    action_source: 'website',
    user_data: {
      external_id: [
        '6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997',
        'f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380',
      ],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      ph: 'e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176',
      ln: '1508b697895abf03d55c3841f59236ab92c9ba6ba89795c8337fcf392fdee8b4',
      fn: '49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      fbc: 'fb.1.1773143940000.IwAR0abc',
      fbp: 'fb.1.1772900000000.1116446470',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      currency: 'EUR',
      value: 249.99,
      order_id: 'ORD-300',
      content_ids: ['SHOE-1', 'SOCK-9'],
      content_type: 'product',
      contents: [
        { id: 'SHOE-1', quantity: 1, item_price: 189.99 },
        { id: 'SOCK-9', quantity: 3, item_price: 20 },
      ],
      num_items: 4,
    },
  },
} satisfies Example;
