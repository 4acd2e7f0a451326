import type { JsonObject } from '../shared/segment/event.ts';

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36';

/** A page view as a server passes it on: a visitor, no person. */
export const pageViewed = (index: number, at: Date): JsonObject => ({
  type: 'page',
  name: 'Chairs',
  category: 'Catalogue',
  messageId: `bench-page-${index}`,
  anonymousId: `visitor-${index}`,
  timestamp: at.toISOString(),
  properties: {
    url: 'https://shop.example/chairs',
    path: '/chairs',
    title: 'Chairs',
    referrer: 'https://shop.example/',
  },
  context: {
    ip: '203.0.113.7',
    userAgent,
    locale: 'de-DE',
    library: { name: '@segment/analytics-node', version: '3.1.0' },
    page: { path: '/chairs', title: 'Chairs', url: 'https://shop.example/chairs', referrer: 'https://shop.example/' },
  },
});

/** A registration: a person who has just become known. */
export const signedUp = (index: number, at: Date): JsonObject => ({
  type: 'track',
  event: 'Signed Up',
  messageId: `bench-sign-up-${index}`,
  userId: `user-${index}`,
  anonymousId: `visitor-${index}`,
  timestamp: at.toISOString(),
  properties: { plan: 'free', method: 'email' },
  context: {
    ip: '203.0.113.7',
    userAgent,
    page: { path: '/welcome', title: 'Welcome', url: 'https://shop.example/welcome' },
    traits: { email: `Person.${index}@Example.com`, firstName: 'Ada', lastName: 'Müller' },
  },
});
