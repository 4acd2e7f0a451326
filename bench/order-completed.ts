import type { JsonObject } from '../shared/segment/event.ts';

/** An order as a shop's server sends it: three products, eleven match keys. */
export const orderCompleted = (index: number, at: Date): JsonObject => ({
  type: 'track',
  event: 'Order Completed',
  messageId: `bench-${index}`,
  userId: `user-${index}`,
  anonymousId: `visitor-${index}`,
  timestamp: at.toISOString(),
  properties: {
    order_id: `ORD-${index}`,
    revenue: 249.99,
    currency: 'EUR',
    products: [
      { product_id: 'sku-1', price: 100, quantity: 1, name: 'Chair', category: 'Furniture' },
      { product_id: 'sku-2', price: 49.99, quantity: 2, name: 'Lamp', category: 'Light' },
      { product_id: 'sku-3', price: 50, quantity: 1, name: 'Rug', category: 'Textiles' },
    ],
  },
  context: {
    ip: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
    page: { url: 'https://shop.example/thanks', referrer: 'https://shop.example/checkout' },
    traits: {
      email: `Person.${index}@Example.com`,
      phone: '+49 30 123456',
      firstName: 'Ada',
      lastName: 'Müller',
      birthday: '1990-05-15',
      gender: 'female',
      address: { city: 'Berlin', state: 'Berlin', postalCode: '10115', country: 'Germany' },
    },
  },
});
