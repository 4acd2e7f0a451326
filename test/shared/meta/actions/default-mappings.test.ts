import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import type { ActionName } from '../../../../shared/meta/actions/actions.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import { segmentMappings } from '../../../../shared/meta/presets/segment-mappings.ts';
import { standardEventMappings } from '../../../../shared/meta/presets/standard-event-mappings.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { now } from '../../../support/factories.ts';
import { serve } from './serve.ts';

// Written by hand, from what the product promises: unlike the tables of the guide, nothing writes these anew.

/** Makes the nth value of a member as a sender writes it, and as it is sent. */
type Values = (n: number) => readonly [given: unknown, sent: unknown];

const same =
  (make: (n: number) => unknown): Values =>
  (n) => [make(n), make(n)];
const hashedAs =
  (given: (n: number) => string, normal: (n: number) => string): Values =>
  (n) => [given(n), sha256Hex(normal(n))];

const text = same((n) => `text-${n}`);
const number = same((n) => 10.5 + n);
const url = same((n) => `https://page-${n}.example/`);
const letters = (n: number): string => 'abcdefgh'.slice(n, n + 4);
const word = hashedAs((n) => letters(n).toUpperCase(), letters);

const values: Readonly<Record<string, Values>> = {
  event_id: text,
  event_source_url: url,
  referrer_url: url,
  'custom_data.currency': same((n) => ['EUR', 'USD', 'GBP'][n]),
  'custom_data.value': number,
  'custom_data.predicted_ltv': number,
  'custom_data.order_id': text,
  'custom_data.search_string': text,
  'custom_data.status': text,
  'user_data.em': hashedAs(
    (n) => `Ann${n}@Example.com`,
    (n) => `ann${n}@example.com`,
  ),
  'user_data.ph': hashedAs(
    (n) => `+1 650 555 121${n}`,
    (n) => `1650555121${n}`,
  ),
  'user_data.ge': (n) => [['Female', 'm'][n], sha256Hex(['f', 'm'][n] ?? '')],
  'user_data.db': hashedAs(
    (n) => `1990-02-0${n + 1}`,
    (n) => `1990020${n + 1}`,
  ),
  'user_data.fn': word,
  'user_data.ln': word,
  'user_data.ct': word,
  'user_data.st': (n) => [['California', 'TX'][n], sha256Hex(['ca', 'tx'][n] ?? '')],
  'user_data.zp': hashedAs(
    (n) => `9402${n}`,
    (n) => `9402${n}`,
  ),
  'user_data.country': (n) => [['US', 'DE'][n], sha256Hex(['us', 'de'][n] ?? '')],
  'user_data.client_ip_address': same((n) => `203.0.113.${n + 7}`),
  'user_data.client_user_agent': text,
  'user_data.fbc': same((n) => `fb.1.1773100000000.click${n}`),
  'user_data.fbp': same((n) => `fb.1.1773100000000.10${n}`),
  'user_data.madid': same((n) => `7a3cbea0-0000-4000-8000-08d1d9e1a2b${n}`),
};

/** Where the value of each member is looked for: the first place that holds something. */
type Defaults = Readonly<Record<string, readonly string[]>>;

const person: Defaults = {
  'user_data.em': ['context.traits.email', 'traits.email', 'properties.email'],
  'user_data.ph': ['context.traits.phone', 'traits.phone', 'properties.phone'],
  'user_data.ge': ['context.traits.gender', 'traits.gender'],
  'user_data.db': ['context.traits.birthday', 'traits.birthday'],
  'user_data.fn': ['context.traits.firstName', 'traits.firstName'],
  'user_data.ln': ['context.traits.lastName', 'traits.lastName'],
  'user_data.ct': ['context.traits.address.city', 'traits.address.city'],
  'user_data.st': ['context.traits.address.state', 'traits.address.state'],
  'user_data.zp': ['context.traits.address.postalCode', 'traits.address.postalCode'],
  'user_data.country': ['context.traits.address.country', 'traits.address.country'],
  'user_data.client_ip_address': ['context.ip'],
  'user_data.client_user_agent': ['context.userAgent'],
  'user_data.fbc': ['properties.fbc'],
  'user_data.fbp': ['properties.fbp'],
  'user_data.madid': ['context.device.advertisingId'],
};
const common: Defaults = {
  ...person,
  event_id: ['messageId'],
  event_source_url: ['context.page.url'],
  referrer_url: ['context.page.referrer'],
};
const money: Defaults = { 'custom_data.currency': ['properties.currency'] };
const orderValue = ['properties.revenue', 'properties.total', 'properties.value'];
const productValue = ['properties.value', 'properties.price'];

const defaults: Readonly<Record<ActionName, Defaults>> = {
  purchase: {
    ...common,
    ...money,
    'custom_data.value': orderValue,
    'custom_data.order_id': ['properties.order_id'],
  },
  initiateCheckout: { ...common, ...money, 'custom_data.value': orderValue },
  addToCart: { ...common, ...money, 'custom_data.value': productValue },
  viewContent: { ...common, ...money, 'custom_data.value': productValue },
  search: { ...common, ...money, 'custom_data.search_string': ['properties.query'] },
  pageView: common,
  custom: common,
  standard: {
    ...common,
    ...money,
    'custom_data.value': [...orderValue, 'properties.price'],
    'custom_data.predicted_ltv': ['properties.predicted_ltv'],
    'custom_data.order_id': ['properties.order_id'],
    'custom_data.status': ['properties.status'],
  },
};

/** @param path `context.page.url` */
function withValue(event: JsonObject, path: string, value: unknown): JsonObject {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...event, [name]: value };
  return { ...event, [name]: withValue((event[name] ?? {}) as JsonObject, rest.join('.'), value) };
}

const valueAt = (holder: unknown, path: string): unknown =>
  path.split('.').reduce((inner, name) => (inner as JsonObject | undefined)?.[name], holder);

const bare: JsonObject = {
  type: 'track',
  event: 'Any',
  messageId: 'm-1',
  userId: 'user-1',
  timestamp: new Date(now.getTime() - 60_000).toISOString(),
  properties: { currency: 'EUR', revenue: 1 },
};

const mappingOf = (action: string, fields: JsonObject = {}) => ({
  action,
  trigger: 'type = "track"',
  fields: { action_source: 'other', ...(action === 'standard' && { event_name: 'Lead' }), ...fields },
});

const rows = Object.entries(defaults).flatMap(([action, members]) =>
  Object.entries(members).map(([member, paths]) => ({ action, member, paths })),
);

describe('the default mapping', () => {
  it.each(rows)('of $action fills $member from the first of $paths', async ({ action, member, paths }) => {
    const make = values[member] as Values;
    const isMoney = member === 'custom_data.value' || member === 'custom_data.currency';
    const empty = isMoney ? { ...bare, properties: {} } : bare;
    const kept = member === 'custom_data.value' ? withValue(empty, 'properties.currency', 'EUR') : empty;
    const needed = member === 'custom_data.currency' ? withValue(kept, 'properties.revenue', 1) : kept;

    for (const first of paths.keys()) {
      let event = needed;
      for (const [n, path] of paths.entries()) if (n >= first) event = withValue(event, path, make(n)[0]);

      const { event: sent } = await serve(mappingOf(action), event);

      expect(valueAt(sent, member), paths[first]).toBe(make(first)[1]);
    }
  });

  it('fills the sixteen entries of extinfo, each from its own place', async () => {
    const places = {
      'context.app.namespace': 1,
      'context.app.version': 3,
      'context.os.version': 4,
      'context.device.model': 5,
      'context.locale': 6,
      'context.network.carrier': 8,
      'context.screen.width': 9,
      'context.screen.height': 10,
      'context.screen.density': 11,
      'context.timezone': 15,
    };
    let event = withValue(bare, 'context.device.adTrackingEnabled', true);
    for (const path of Object.keys(places)) event = withValue(event, path, `at ${path}`);
    const fields = { app_data_field: { use_app_data: true, version: 'a2' } };

    const { event: sent } = await serve(mappingOf('custom', fields), event);

    const expected: string[] = Array.from({ length: 16 }, () => '');
    expected[0] = 'a2';
    for (const [path, index] of Object.entries(places)) expected[index] = `at ${path}`;
    expect(sent?.['app_data']).toEqual({
      advertiser_tracking_enabled: 1,
      application_tracking_enabled: 1,
      extinfo: expected,
    });
  });

  it('takes both ids, and a name from the full one', async () => {
    const event = withValue({ ...bare, anonymousId: 'a-1' }, 'context.traits.name', 'Ann Lee');

    const { event: sent } = await serve(mappingOf('custom'), event);

    expect(sent?.['user_data']).toMatchObject({
      external_id: [sha256Hex('user-1'), sha256Hex('a-1')],
      fn: sha256Hex('ann'),
      ln: sha256Hex('lee'),
    });
  });

  const product = (n: number) => ({ product_id: `p${n}`, sku: `s${n}`, id: `i${n}`, quantity: n, price: n + 0.5 });
  const line = (id: string, n: number) => ({ id, quantity: n, item_price: n + 0.5 });
  const listed = ['purchase', 'initiateCheckout', 'search', 'standard'];
  const single = ['addToCart', 'viewContent', 'standard'];

  it.each(listed)('of %s reads the list of products', async (action) => {
    const { product_id: _, ...bySku } = product(2);
    const { product_id: __, sku: ___, ...byId } = product(3);
    const event = withValue(bare, 'properties.products', [product(1), bySku, byId]);

    const { event: sent } = await serve(mappingOf(action), event);

    expect(sent?.['custom_data']).toMatchObject({
      content_ids: ['p1', 's2', 'i3'],
      contents: [line('p1', 1), line('s2', 2), line('i3', 3)],
      ...(action !== 'search' && { num_items: 6 }),
    });
  });

  it.each(single)('of %s reads the one product', async (action) => {
    for (const [id, left] of [
      ['p2', product(2)],
      ['s2', { ...product(2), product_id: undefined }],
      ['i2', { ...product(2), product_id: undefined, sku: '' }],
    ] as const) {
      const { event: sent } = await serve(mappingOf(action), { ...bare, properties: { currency: 'EUR', ...left } });

      expect(sent?.['custom_data']).toMatchObject({
        content_ids: [id],
        content_type: 'product',
        contents: [line(id, 2)],
        value: 5,
      });
    }
  });

  it.each([
    ['search', undefined],
    ['purchase', 1],
    ['viewContent', undefined],
    ['addToCart', 7],
    ['initiateCheckout', 7],
    ['standard', 7],
  ])('of %s erases or keeps a mapped value as Segment does', async (action, value) => {
    const fields = { custom_data: { value: 7, currency: 'EUR' }, ...(action !== 'purchase' && { value: null }) };

    const { event: sent } = await serve(mappingOf(action, fields), bare);

    expect((sent?.['custom_data'] as JsonObject | undefined)?.['value']).toBe(value);
  });
});

describe('the triggers of the presets', () => {
  const website = { actionSource: 'website' } as const;

  it.each<[string, string, readonly { readonly action: string; readonly trigger?: string | null | undefined }[]]>([
    [
      'ecommerceMappings',
      'purchase initiateCheckout addToCart viewContent search pageView',
      ecommerceMappings(website),
    ],
    ['segmentMappings', 'purchase initiateCheckout addToCart viewContent search pageView', segmentMappings(website)],
    ['standardEventMappings', Array(14).fill('standard').join(' '), standardEventMappings(website)],
  ])('%s uses %s', (_, actions, mappings) => {
    expect(mappings.map(({ action }) => action).join(' ')).toBe(actions);
  });
});

describe('the mappings of Segment, to the letter', () => {
  const members: Defaults = {
    event_id: ['messageId'],
    event_source_url: ['context.page.url'],
    'user_data.em': ['context.traits.email'],
    'user_data.ph': ['context.traits.phone'],
    'user_data.db': ['context.traits.birthday'],
    'user_data.fn': ['context.traits.firstName'],
    'user_data.ln': ['context.traits.lastName'],
    'user_data.ct': ['context.traits.address.city'],
    'user_data.st': ['context.traits.address.state'],
    'user_data.zp': ['context.traits.address.postalCode'],
    'user_data.client_ip_address': ['context.ip'],
    'user_data.client_user_agent': ['context.userAgent'],
    'user_data.fbc': ['properties.fbc'],
    'user_data.fbp': ['properties.fbp'],
  };
  const own: Readonly<Record<string, Defaults>> = {
    purchase: { 'custom_data.value': ['properties.revenue'], 'custom_data.currency': ['properties.currency'] },
    initiateCheckout: { 'custom_data.value': ['properties.revenue'], 'custom_data.currency': ['properties.currency'] },
    addToCart: { 'custom_data.value': ['properties.price'], 'custom_data.currency': ['properties.currency'] },
    viewContent: { 'custom_data.value': ['properties.price'], 'custom_data.currency': ['properties.currency'] },
    search: { 'custom_data.search_string': ['properties.query'], 'custom_data.currency': ['properties.currency'] },
    pageView: {},
  };
  const segmentRows = segmentMappings({ actionSource: 'other' }).flatMap((mapping) =>
    Object.entries({ ...members, ...own[mapping.action] }).map(([member, paths]) => ({ mapping, member, paths })),
  );

  it.each(segmentRows)('$mapping.action fills $member from $paths', async ({ mapping, member, paths }) => {
    const { name: _, ...rest } = mapping;
    const [given, sent] = (values[member] as Values)(0);
    const event = withValue(withValue(bare, 'context.userAgent', 'Browser/1.0'), paths[0] ?? '', given);

    const served = await serve({ ...rest, trigger: 'type = "track"' }, event);

    expect(valueAt(served.event, member)).toBe(sent);
  });
});
