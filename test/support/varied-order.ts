import { createHash } from 'node:crypto';
import type { JsonObject } from '../../shared/segment/event.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
const uuid = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/**
 * An order of some 2,000 bytes as ingest queues it, in which nothing repeats that does not repeat between people: ids, names,
 * addresses, browsers and products are all its own.
 */
export function variedOrder(index: number, receivedAt: string): JsonObject {
  const word = (name: string, length = 7): string => digest(`${index} ${name}`).slice(0, length);
  const number = (name: string, below: number): number =>
    Number.parseInt(createHash('sha256').update(`${index} ${name}`).digest('hex').slice(0, 12), 16) % below;
  const products = Array.from({ length: 2 + number('products', 5) }, (_, item) => ({
    product_id: `sku-${number(`sku ${item}`, 1_000_000)}`,
    price: number(`price ${item}`, 10_000) / 100,
    quantity: 1 + number(`quantity ${item}`, 3),
    name: `${word(`name ${item}`)} ${word(`kind ${item}`)}`,
    category: word(`category ${item}`),
    url: `https://shop.example/products/${word(`page ${item}`, 14)}`,
  }));
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: uuid(`message ${index}`),
    anonymousId: uuid(`visitor ${index}`),
    userId: String(number('user', 10_000_000)),
    timestamp: receivedAt,
    receivedAt,
    properties: {
      order_id: String(number('order', 100_000_000)),
      revenue: number('revenue', 100_000) / 100,
      tax: number('tax', 10_000) / 100,
      currency: 'EUR',
      coupon: word('coupon'),
      products,
    },
    context: {
      ip: [1, 2, 3, 4].map((part) => number(`ip ${part}`, 255)).join('.'),
      userAgent: `Mozilla/5.0 (Linux; Android ${number('android', 15)}; ${word('phone')}) AppleWebKit/537.${number('kit', 99)} (KHTML, like Gecko) Chrome/${number('chrome', 140)}.0.${number('build', 9_999)}.${number('patch', 200)} Mobile Safari/537.36`,
      locale: 'de-DE',
      library: { name: '@segment/analytics-node', version: '3.1.0' },
      page: {
        path: '/checkout/thanks',
        title: 'Thank you for your order',
        url: `https://shop.example/checkout/thanks?session=${word('session', 22)}`,
        referrer: `https://shop.example/checkout/${word('referrer', 16)}`,
      },
      fbp: `fb.1.${1_770_000_000_000 + number('fbp at', 1_000_000_000)}.${number('fbp', 10_000_000_000)}`,
      fbc: `fb.1.${1_770_000_000_000 + number('fbc at', 1_000_000_000)}.${word('fbc', 43)}${word('fbc more', 20)}`,
      traits: {
        email: `${word('first')}.${word('last')}@${word('host')}.example`,
        phone: `+49 ${number('phone', 10_000_000_000)}`,
        firstName: word('first'),
        lastName: word('last'),
        birthday: `19${10 + number('year', 90)}-0${1 + number('month', 9)}-1${number('day', 10)}`,
        address: {
          street: `${word('street', 12)} ${number('house', 200)}`,
          city: word('city'),
          postalCode: String(number('zip', 100_000)),
          country: 'Germany',
        },
      },
    },
    integrations: {},
  };
}
