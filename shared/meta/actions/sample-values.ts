import type { Field, Fields } from '../event/field.ts';

/** When the events of {@link sampleOf} happened. */
export const sampleTime = new Date('2026-03-10T12:00:00.000Z');

/** Values of fields whose type does not say enough, by their place below `fields`. */
const values: Readonly<Record<string, unknown>> = {
  event_name: 'AddToCart',
  action_source: 'system_generated',
  messaging_channel: 'whatsapp',
  event_source_url: 'https://shop.example/',
  referrer_url: 'https://shop.example/cart',
  'user_data.email': 'ann@example.com',
  'user_data.emails': ['ann.lee@example.com'],
  'user_data.phone': '+16505551212',
  'user_data.phones': ['+16505551213'],
  'user_data.gender': 'female',
  'user_data.dateOfBirth': '1990-01-31',
  'user_data.fullName': 'Ann Lee',
  'user_data.country': 'DE',
  'user_data.client_ip_address': '203.0.114.7',
  'user_data.fbp': 'fb.1.1772900000000.1116446470',
  'user_data.clickUrl': 'https://shop.example/?fbclid=IwAR0abc',
  'user_data.clickSearch': '?fbclid=IwAR0abc',
  'user_data.clickReferrer': 'https://shop.example/?fbclid=IwAR0abc',
  custom_data: { value: 1, currency: 'EUR', content_ids: ['p-1'] },
};

/** A value that a field takes: the best that an event could have there. */
export function sampleOf(path: string, field: Field): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  const { type, choices, properties, multiple } = field;
  if (type === 'products') return [sampleObject(path, properties)];
  if (properties !== undefined) return sampleObject(path, properties);
  const value = choices?.[0] ?? byType[type];
  return multiple === true ? [value] : value;
}

const sampleObject = (path: string, fields: Fields = {}): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, sampleOf(`${path}.${name}`, field)]));

const byType: Readonly<Record<Exclude<Field['type'], 'products'>, unknown>> = {
  amount: 1,
  boolean: true,
  clickId: 'fb.1.1772900000000.IwAR0abc',
  count: 1,
  currency: 'EUR',
  integer: '1234567890123456',
  leadId: '1234567890123456',
  number: 1,
  object: {},
  productId: 'p-1',
  share: 0.5,
  status: 'done',
  text: 'text',
  time: sampleTime.toISOString(),
};
