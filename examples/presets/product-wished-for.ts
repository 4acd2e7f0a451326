import { website } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const productWishedFor = {
  title: 'Product Added to Wishlist becomes AddToWishlist',
  destinations: website,
  in: {
    type: 'track',
    event: 'Product Added to Wishlist',
    messageId: 'product-wished-for-1',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:22:00.000Z',
    properties: {
      wishlist_id: 'birthday',
      product_id: 'SHOE-1',
      name: 'Running shoe',
      price: 189.99,
      currency: 'EUR',
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: {
        url: 'https://shop.example/shoes/1',
      },
    },
  },
  out: {
    event_name: 'AddToWishlist',
    event_time: 1773141720,
    event_source_url: 'https://shop.example/shoes/1',
    event_id: 'product-wished-for-1',
    action_source: 'website',
    user_data: {
      external_id: ['f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380'],
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      currency: 'EUR',
      value: 189.99,
      content_ids: ['SHOE-1'],
      content_type: 'product',
      contents: [{ id: 'SHOE-1', item_price: 189.99 }],
      num_items: 1,
    },
  },
} satisfies PresetExample;
