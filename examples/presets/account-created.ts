import { website } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const accountCreated = {
  title: 'Account Created becomes CompleteRegistration',
  destinations: website,
  in: {
    type: 'track',
    event: 'Account Created',
    messageId: 'account-created-1',
    userId: 'user-42',
    anonymousId: 'visitor-7',
    timestamp: '2026-03-10T11:23:00.000Z',
    properties: {
      status: true,
    },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: {
        url: 'https://shop.example/join?invited_by=bob%40example.com&step=2',
      },
      traits: {
        email: 'ann.lee@example.com',
        name: 'Ann Lee',
      },
    },
  },
  out: {
    event_name: 'CompleteRegistration',
    event_time: 1773141780,
    event_source_url: 'https://shop.example/join?step=2',
    event_id: 'account-created-1',
    action_source: 'website',
    user_data: {
      external_id: [
        '6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997',
        'f3fb9f1934a048faca0e2a161fcd7a6e7accb8d7ffbfe7df0d17743694b6a380',
      ],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      ln: '1508b697895abf03d55c3841f59236ab92c9ba6ba89795c8337fcf392fdee8b4',
      fn: '49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    custom_data: {
      status: 'true',
    },
  },
} satisfies PresetExample;
