import { customerIoMappings } from 'meta-conversions-pipeline/config';
import { destinationsWith } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const fromCustomerIo = {
  title: 'A checkout through Customer.io keeps the fields it had there',
  destinations: destinationsWith(customerIoMappings({ actionSource: 'website' })),
  in: {
    type: 'track',
    event: 'Checkout Started',
    messageId: 'from-customer-io-1',
    userId: 'user-42',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:20:00.000Z',
    properties: {
      order_id: 'ORD-300',
      revenue: 249.99,
      currency: 'EUR',
      products: [
        {
          product_id: 'SHOE-1',
          quantity: 1,
          price: 189.99,
        },
      ],
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: {
        url: 'https://shop.example/checkout',
      },
      traits: {
        email: 'ann.lee@example.com',
      },
    },
    integrations: {
      'Customer.io Data Pipelines': true,
    },
  },
  out: {
    event_name: 'InitiateCheckout',
    event_time: 1773141600,
    event_source_url: 'https://shop.example/checkout',
    event_id: 'from-customer-io-1',
    action_source: 'website',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      currency: 'EUR',
      value: 249.99,
      contents: [{ id: 'SHOE-1', quantity: 1, item_price: 189.99 }],
    },
  },
} satisfies PresetExample;
