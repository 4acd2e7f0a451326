import type { Example } from './example.ts';

export const checkoutStarted = {
  title: 'Checkout Started becomes InitiateCheckout',
  mapping: { name: 'Initiate Checkout', action: 'initiateCheckout', fields: { action_source: 'website' } },
  in: {
    type: 'track',
    event: 'Checkout Started',
    messageId: 'checkout-started-1',
    userId: 'user-42',
    timestamp: '2026-03-10T11:55:00.000Z',
    properties: {
      value: 60,
      currency: 'usd',
      products: [{ product_id: 'BOOK-1', quantity: 2, price: '15.00' }, { name: 'A gift without an id' }],
    },
    context: {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: { url: 'https://shop.example/checkout', referrer: 'https://shop.example/cart' },
    },
  },
  out: {
    event_name: 'InitiateCheckout',
    event_time: 1773143700,
    event_source_url: 'https://shop.example/checkout',
    referrer_url: 'https://shop.example/cart',
    event_id: 'checkout-started-1',
    action_source: 'website',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    },
    custom_data: {
      currency: 'USD',
      value: 60,
      num_items: 2,
      content_ids: ['BOOK-1'],
      contents: [{ id: 'BOOK-1', quantity: 2, item_price: 15 }],
    },
  },
} satisfies Example;
