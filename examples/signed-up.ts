import type { Example } from './example.ts';

export const signedUp = {
  title: 'Signed Up becomes CompleteRegistration',
  mapping: {
    name: 'Complete Registration',
    action: 'standard',
    trigger: 'type = "track" and event = "Signed Up"',
    fields: { event_name: 'CompleteRegistration', action_source: 'website' },
  },
  in: {
    type: 'track',
    event: 'Signed Up',
    messageId: 'signed-up-1',
    userId: 'user-42',
    timestamp: '2026-03-10T11:25:00.000Z',
    properties: { value: 5, currency: 'EUR', status: 'confirmed' },
    context: {
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      page: { url: 'https://shop.example/welcome' },
      traits: { email: 'ann.lee@example.com', address: { country: 'Germany', postalCode: '10115' } },
    },
  },
  out: {
    event_name: 'CompleteRegistration',
    event_time: 1773141900,
    event_source_url: 'https://shop.example/welcome',
    event_id: 'signed-up-1',
    action_source: 'website',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      zp: 'ac7bb74de6884ffce919c15fef4193749d4588026c643973946713ac46da540d',
      country: '959a45d44e6fcf58361ed004681556fe50129f2109e817dec098c00c9e5d2578',
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      client_ip_address: '203.0.114.7',
    },
    custom_data: { currency: 'EUR', value: 5, status: 'confirmed' },
  },
} satisfies Example;
