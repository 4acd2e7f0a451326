import { segmentMappings } from 'meta-conversions-pipeline/config';
import { destinationsWith } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const fromSegment = {
  title: 'An order through Segment keeps the fields it had there',
  destinations: destinationsWith(segmentMappings({ actionSource: 'website' })),
  in: {
    type: 'track',
    event: 'Order Completed',
    messageId: 'from-segment-1',
    userId: 'user-42',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:19:00.000Z',
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
        {
          product_id: 'SOCK-9',
          quantity: 3,
          price: 20,
        },
      ],
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: {
        url: 'https://shop.example/thanks?fbclid=IwAR0abc',
      },
      traits: {
        email: 'ann.lee@example.com',
        firstName: 'Ann',
        lastName: 'Lee',
        gender: 'f',
        address: {
          country: 'DE',
        },
      },
    },
    integrations: {
      'Segment.io': true,
    },
  },
  out: {
    event_name: 'Purchase',
    event_time: 1773141540,
    event_source_url: 'https://shop.example/thanks?fbclid=IwAR0abc',
    event_id: 'from-segment-1',
    action_source: 'website',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      ln: '1508b697895abf03d55c3841f59236ab92c9ba6ba89795c8337fcf392fdee8b4',
      fn: '49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      currency: 'EUR',
      value: 249.99,
      contents: [
        { id: 'SHOE-1', quantity: 1, item_price: 189.99 },
        { id: 'SOCK-9', quantity: 3, item_price: 20 },
      ],
    },
  },
} satisfies PresetExample;
