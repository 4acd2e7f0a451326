import type { JsonObject } from '../shared/segment/event.ts';

const product = (number: number, price: number, quantity: number, name: string, category: string) => ({
  product_id: `sku-${number}`,
  price,
  quantity,
  name,
  category,
  brand: 'Example',
  url: `https://shop.example/products/sku-${number}`,
});

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
    checkout_id: `CHK-${index}`,
    affiliation: 'Web shop',
    revenue: 249.99,
    shipping: 4.9,
    tax: 39.91,
    discount: 5,
    coupon: 'AUTUMN',
    currency: 'EUR',
    products: [
      product(1, 100, 1, 'Chair', 'Furniture'),
      product(2, 49.99, 2, 'Lamp', 'Light'),
      product(3, 50, 1, 'Rug', 'Textiles'),
    ],
  },
  context: {
    ip: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    library: { name: '@segment/analytics-node', version: '3.1.0' },
    campaign: { name: 'autumn', source: 'newsletter', medium: 'email' },
    screen: { width: 1920, height: 1080, density: 2 },
    page: {
      path: '/thanks',
      title: 'Thank you',
      url: 'https://shop.example/thanks',
      referrer: 'https://shop.example/checkout',
    },
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
