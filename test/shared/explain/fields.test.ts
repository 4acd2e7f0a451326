import { describe, expect, it } from 'vitest';
import { orderCompleted } from '../../../examples/order-completed.ts';
import { productAdded } from '../../../examples/product-added.ts';
import { productsSearched } from '../../../examples/products-searched.ts';
import { compileMapping } from '../../../shared/mapping/compile-mapping.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { identify, page, sha256, track } from '../../support/factories.ts';
import { at, explainedBy, fieldOf } from './support.ts';

const purchase = orderCompleted.mapping;
const custom = {
  name: 'Custom',
  action: 'custom',
  trigger: 'type = "track" or type = "identify" or type = "page"',
  fields: { action_source: 'system_generated', event_name: 'Probe' },
};
const customData = { ...custom, fields: { ...custom.fields, custom_data: { '@path': '$.properties' } } };
const order = (properties: JsonObject = {}, overrides: JsonObject = {}): JsonObject =>
  track('Order Completed', { revenue: 25, currency: 'EUR', ...properties }, overrides);
const people = (traits: JsonObject): JsonObject => track('Any', {}, { context: { traits } });

describe('explained fields of the example order', () => {
  it.each([
    {
      path: 'user_data.em',
      field: 'user_data.email',
      label: 'Email',
      source: '$.context.traits.email',
      raw: ' Ann.Lee@Example.com',
      normalised: 'ann.lee@example.com',
      sent: sha256('ann.lee@example.com'),
    },
    {
      path: 'user_data.ph',
      field: 'user_data.phone',
      label: 'Phone',
      source: '$.context.traits.phone',
      raw: '+1 (650) 555-1212',
      normalised: '16505551212',
      sent: sha256('16505551212'),
    },
    {
      path: 'user_data.external_id[0]',
      field: 'user_data.externalId',
      label: 'External ID',
      source: '$.userId',
      raw: 'user-42',
      normalised: 'user-42',
      sent: sha256('user-42'),
    },
    {
      path: 'user_data.external_id[1]',
      field: 'user_data.externalId',
      label: 'External ID',
      source: '$.anonymousId',
      raw: 'visitor-7',
      normalised: 'visitor-7',
      sent: sha256('visitor-7'),
    },
    {
      path: 'user_data.fbc',
      field: 'user_data.clickUrl',
      label: 'Click URL',
      source: '$.context.page.url',
      raw: 'https://shop.example/thanks?fbclid=IwAR0abc',
      sent: 'fb.1.1773143940000.IwAR0abc',
      notes: ['Made from the fbclid of the URL and the time of the event.'],
    },
    {
      path: 'event_time',
      field: 'event_time',
      label: 'Event Time',
      source: '$.timestamp',
      raw: '2026-03-10T11:59:00.000Z',
      sent: 1773143940,
      notes: ['2026-03-10T11:59:00Z, in Unix seconds.'],
    },
    {
      path: 'custom_data.value',
      field: 'value',
      label: 'Value',
      source: '$.properties.revenue',
      raw: 249.99,
      sent: 249.99,
    },
    {
      path: 'custom_data.contents[1].id',
      field: 'contents[1].id',
      label: 'ID',
      source: '$.properties.products[1].sku',
      raw: 'SOCK-9',
      sent: 'SOCK-9',
    },
    {
      path: 'custom_data.contents[0].item_price',
      field: 'contents[0].item_price',
      label: 'Item Price',
      source: '$.properties.products[0].price',
      raw: 189.99,
      sent: 189.99,
    },
  ])('$path comes from $source', async ({ path, source, notes = [], ...rest }) => {
    const { directive: _, ...explained } = at(path, await explainedBy(purchase, orderCompleted.in)) ?? {};

    expect(explained).toEqual({ path, sources: [source], notes, ...rest });
  });

  it.each([
    ['custom_data.content_ids', ['$.properties.products[0].product_id', '$.properties.products[1].sku']],
    ['custom_data.content_type', []],
    ['action_source', []],
    ['event_name', []],
  ])('%s comes from %j', async (path, sources) => {
    expect(at(path, await explainedBy(purchase, orderCompleted.in))?.sources).toEqual(sources);
  });

  it('shows what the mapping says of a field', async () => {
    expect(at('event_time', await explainedBy(purchase, orderCompleted.in))?.directive).toEqual({
      '@path': '$.timestamp',
    });
  });

  it('says what chose a fixed value', async () => {
    const explained = at('custom_data.content_type', await explainedBy(purchase, orderCompleted.in));

    expect(explained).toMatchObject({
      raw: 'product',
      notes: ['Chosen by what is in $.properties.products[0].product_id or $.properties.products[1].sku.'],
    });
  });

  it('adds up the items', async () => {
    const count = at('custom_data.num_items', await explainedBy(purchase, orderCompleted.in));

    expect(count).toMatchObject({ field: 'count_items', sent: 4, notes: ['The sum of the quantities in contents.'] });
  });

  it.each([orderCompleted, productAdded, productsSearched])(
    'finds every raw value at its source: $title',
    async (each) => {
      const { fields } = await explainedBy(each.mapping, each.in);
      const single = fields.filter(({ sources }) => sources.length === 1);

      const found = single.map(({ sources: [source] }) => compileMapping({ '@path': source })(each.in));

      expect(single.length).toBeGreaterThan(7);
      expect(found).toEqual(single.map(({ raw }) => raw));
    },
  );
});

describe('match keys', () => {
  it.each([
    ['not an email address', { email: 'ann' }, 'user_data.email', 'Not an email address.'],
    ['a number of nothing', { phone: '12' }, 'user_data.phone', 'Not a phone number of 7 to 15 digits.'],
    ['text for nothing', { email: 'null' }, 'user_data.email', 'Empty.'],
  ])('says why a value was left out: %s', async (_, traits, field, dropped) => {
    const explained = fieldOf(field, await explainedBy(custom, people(traits)));

    expect(explained).toMatchObject({ raw: Object.values(traits)[0], dropped });
    expect(explained).not.toHaveProperty('path');
    expect(explained).not.toHaveProperty('sent');
  });

  it('keeps what was hashed before', async () => {
    const digest = sha256('ann@example.com');
    const explained = at('user_data.em', await explainedBy(custom, people({ email: digest.toUpperCase() })));

    expect(explained).toMatchObject({ sent: digest, notes: ['Hashed before it came: kept as it is.'] });
    expect(explained).not.toHaveProperty('normalised');
  });

  it('warns of MD5', async () => {
    const explained = at('user_data.em', await explainedBy(custom, people({ email: 'b'.repeat(32) })));

    expect(explained?.notes).toContain('Looks like an MD5 digest: Meta documents SHA-256 only.');
  });

  it('names the country that a phone number was read by', async () => {
    const traits = { phone: '030 1234567', address: { country: 'Germany' } };
    const explained = at('user_data.ph', await explainedBy(custom, people(traits)));

    expect(explained).toMatchObject({
      normalised: '49301234567',
      notes: ['Has no country code of its own: read as a number of DE.'],
    });
  });

  it('takes a full name apart', async () => {
    const { fields } = await explainedBy(custom, identify({ name: 'Ann van Lee' }));

    expect(fields.filter(({ field }) => field === 'user_data.fullName')).toMatchObject([
      { path: 'user_data.fn', sources: ['$.traits.name'], raw: 'Ann van Lee', normalised: 'ann' },
      { path: 'user_data.ln', sources: ['$.traits.name'], raw: 'Ann van Lee', normalised: 'vanlee' },
    ]);
  });

  it('says of a blank full name that it is one', async () => {
    const explained = fieldOf('user_data.fullName', await explainedBy(custom, people({ name: ' ' })));

    expect(explained).toMatchObject({ raw: ' ', dropped: 'It is blank.' });
  });

  it('leaves a full name alone beside a first name', async () => {
    const explained = fieldOf(
      'user_data.fullName',
      await explainedBy(custom, people({ name: 'Ann Lee', firstName: 'Ann' })),
    );

    expect(explained).toMatchObject({ raw: 'Ann Lee', notes: ['Not needed: first or last name is given.'] });
    expect(explained).not.toHaveProperty('path');
  });

  it('tells several values of a key apart', async () => {
    const emails = ['ann@example.com', 'ann@', 'lee@example.com', 'ANN@example.com'];
    const mapping = {
      ...custom,
      fields: { ...custom.fields, user_data: { emails: { '@path': '$.properties.emails' } } },
    };
    const { fields } = await explainedBy(mapping, track('Any', { emails }));

    expect(fields.filter(({ field }) => field === 'user_data.emails')).toMatchObject([
      { path: 'user_data.em[0]', sources: ['$.properties.emails[0]'], raw: 'ann@example.com' },
      { sources: ['$.properties.emails[1]'], dropped: 'Not an email address.' },
      { path: 'user_data.em[1]', raw: 'lee@example.com' },
      { path: 'user_data.em[0]', raw: 'ANN@example.com', notes: ['The same as another value of this key: sent once.'] },
    ]);
  });

  it.each([
    [
      'brings',
      'IwAR1',
      'user_data.fbc',
      ['$.properties.fbc'],
      'clickUrl',
      'Not needed: the event brings its click id.',
    ],
    [
      'brings, unless the page has a newer one',
      'IwAR2',
      'user_data.clickUrl',
      ['$.context.page.url'],
      'fbc',
      'Not needed: the page has a newer click.',
    ],
  ])('prefers a click id that the event %s', async (_, fbclid, field, sources, other, note) => {
    const fbc = 'fb.1.1772900000000.IwAR1';
    const event = track('Any', { fbc }, { context: { page: { url: `https://a.example/?fbclid=${fbclid}` } } });
    const explained = await explainedBy(custom, event);

    expect(at('user_data.fbc', explained)).toMatchObject({ field, sources });
    expect(fieldOf(`user_data.${other}`, explained)?.notes).toEqual([note]);
  });

  it('takes the click id from the page before only where the page has none', async () => {
    const page = { url: 'https://a.example/?fbclid=IwAR2', referrer: 'https://a.example/?fbclid=IwAR3' };
    const first = await explainedBy(custom, track('Any', {}, { context: { page } }));
    const second = await explainedBy(custom, track('Any', {}, { context: { page: { referrer: page.referrer } } }));

    expect(at('user_data.fbc', first)?.field).toBe('user_data.clickUrl');
    expect(fieldOf('user_data.clickReferrer', first)?.notes).toEqual([
      'Not needed: the URL of the page carries an fbclid.',
    ]);
    expect(at('user_data.fbc', second)).toMatchObject({
      field: 'user_data.clickReferrer',
      sources: ['$.context.page.referrer'],
    });
  });

  it.each(['fbc', 'fbp'])('says of blanks as %s that they are nothing', async (name) => {
    const event = track('Order Completed', { revenue: 1, currency: 'EUR', [name]: ' ' });
    const explained = fieldOf(`user_data.${name}`, await explainedBy(purchase, event));

    expect(explained?.dropped).toBe('There is nothing but blanks.');
  });

  it('says why a private address was left out', async () => {
    const explained = await explainedBy(custom, track('Any', {}, { context: { ip: '10.0.0.1' } }));

    expect(fieldOf('user_data.client_ip_address', explained)?.dropped).toBe(
      'client_ip_address was left out: it is not a public address.',
    );
  });

  it('names a member that a mapping from Segment must not have', async () => {
    const fields = { ...custom.fields, user_data: { emial: { '@path': '$.properties.e' } } };
    const mapping = { ...custom, defaults: false, fields };
    const explained = fieldOf('user_data.emial', await explainedBy(mapping, track('Any', { e: 'a@example.com' })));

    expect(explained?.dropped).toBe('user_data of a mapping has no such member.');
  });
});

describe('other fields', () => {
  it('says that a currency is none', async () => {
    const explained = await explainedBy(productAdded.mapping, {
      ...productAdded.in,
      properties: { ...productAdded.in.properties, currency: 'BTC?' },
    });

    expect(explained.outcome?.status).toBe('ready');
    expect(fieldOf('currency', explained)).toMatchObject({
      raw: 'BTC?',
      sources: ['$.properties.currency'],
      dropped: 'Currency was left out: it is not an ISO 4217 code.',
    });
  });

  it.each([
    ['a number from text', order({ revenue: '25.50' }), 'custom_data.value', 25.5, 'Read as a number.'],
    ['upper case', order({ currency: 'eur' }), 'custom_data.currency', 'EUR', 'Written in upper case.'],
    ['text from a number', order({ order_id: 7 }), 'custom_data.order_id', '7', 'Written as text.'],
    [
      'a clock ahead',
      order({}, { timestamp: '2026-03-10T12:00:30.000Z' }),
      'event_time',
      1773144000,
      'Lies ahead of the clock: sent as of now, 2026-03-10T12:00:00Z, in Unix seconds.',
    ],
    [
      'an address in a URL',
      order({}, { context: { page: { url: 'https://a.example/?e=ann@example.com' } } }),
      'event_source_url',
      'https://a.example/',
      'Personal data was taken out.',
    ],
  ])('notes how a value changed: %s', async (_, event, path, sent, note) => {
    const fields = { ...purchase.fields, action_source: 'system_generated' };
    const explained = at(path, await explainedBy({ ...purchase, fields }, event));

    expect(explained).toMatchObject({ sent, notes: [note] });
  });

  it('says why personal data was taken out of custom data', async () => {
    const explained = await explainedBy(
      customData,
      track('Any', { mail: 'ann@example.com', text: 'To ann@example.com now' }),
    );

    expect(fieldOf('custom_data.mail', explained)).toMatchObject({
      raw: 'ann@example.com',
      sources: ['$.properties.mail'],
      dropped: 'It is personal data, which Meta forbids outside user_data.',
    });
    expect(fieldOf('custom_data.text', explained)?.notes).toEqual(['Personal data was taken out.']);
  });

  it('notes digests where the destination wants these', async () => {
    const event = track('Any', { mail: 'ann@example.com' });
    const explained = await explainedBy(customData, event, { personalData: 'hash' });

    expect(fieldOf('custom_data.mail', explained)).toMatchObject({
      sent: sha256('ann@example.com'),
      notes: ['Personal data was replaced by its digest.'],
    });
  });

  it('says which field takes the place of custom data', async () => {
    const fields = { ...purchase.fields, custom_data: { value: 1, coupon: { '@path': '$.properties.coupon' } } };
    const explained = await explainedBy(
      { ...purchase, fields },
      { ...orderCompleted.in, properties: { ...orderCompleted.in.properties, coupon: 'TEN' } },
    );

    expect(fieldOf('custom_data.value', explained)?.dropped).toBe('The field value of the mapping takes its place.');
    expect(at('custom_data.coupon', explained)).toMatchObject({
      field: 'custom_data.coupon',
      sources: ['$.properties.coupon'],
    });
  });

  it('follows the lines behind one that was left out', async () => {
    const lines = [{ item_price: 1 }, null, { id: 'B', quantity: 'two', item_price: '3' }];
    const fields = { action_source: 'other', contents: { '@path': '$.properties.lines' } };
    const explained = await explainedBy({ ...purchase, fields }, order({ lines }));

    expect(fieldOf('contents[0].item_price', explained)?.dropped).toBe('Product 1 must have an id. It was left out.');
    expect(fieldOf('contents[1].quantity', explained)?.dropped).toBe(
      'Product 2 must have a whole number as quantity. It was left out.',
    );
    expect(at('custom_data.contents[0].item_price', explained)).toMatchObject({
      field: 'contents[1].item_price',
      sources: ['$.properties.lines[2].item_price'],
      sent: 3,
    });
  });

  it('explains the first lines of a long order', async () => {
    const products = Array.from({ length: 60 }, (_, index) => ({ sku: `S-${index}` }));
    const explained = await explainedBy({ ...purchase, fields: { action_source: 'other' } }, order({ products }));

    expect(fieldOf('contents', explained)?.notes).toEqual(['Only the first 50 of 60 lines are explained.']);
    expect(fieldOf('contents[49].id', explained)).toBeDefined();
    expect(fieldOf('contents[50].id', explained)).toBeUndefined();
  });

  it('names a field that the action does not have', async () => {
    const mapping = { ...purchase, defaults: false, fields: { ...purchase.fields, coupon: 'X' } };
    const explained = await explainedBy(mapping, orderCompleted.in);

    expect(fieldOf('coupon', explained)?.dropped).toBe('The action "Purchase" has no such field.');
  });

  it('says that app data is off, and where it goes once it is on', async () => {
    const event = track('Any', {}, { context: { app: { namespace: 'shop.app' }, os: { version: '17.0' } } });
    const withAppData = (use_app_data: boolean) => ({
      ...custom,
      fields: { ...custom.fields, app_data_field: { use_app_data, version: 'i2' } },
    });
    const off = await explainedBy(withAppData(false), event);
    const on = await explainedBy(withAppData(true), event);

    expect(fieldOf('app_data_field.packageName', off)?.dropped).toBe('App data is off: use_app_data is not true.');
    expect(at('app_data.extinfo[1]', on)).toMatchObject({ sources: ['$.context.app.namespace'], sent: 'shop.app' });
    expect(at('app_data.advertiser_tracking_enabled', on)).toMatchObject({
      sent: 0,
      notes: ['Nothing said counts as no.'],
    });
  });

  it('says what becomes of a tracking flag that says neither yes nor no', async () => {
    const event = track('Any', {}, { context: { device: { adTrackingEnabled: 'perhaps' } } });
    const mapping = {
      ...custom,
      fields: { ...custom.fields, app_data_field: { use_app_data: true, version: 'i2', osVersion: '17.5' } },
    };

    expect(at('app_data.advertiser_tracking_enabled', await explainedBy(mapping, event))).toMatchObject({
      sent: 0,
      notes: ['What is neither true nor false counts as no.'],
    });
  });

  it.each([
    [
      'the event',
      { context: { dataProcessingOptions: [['LDU'], 1, 1000] } },
      {},
      ['$.context.dataProcessingOptions'],
      'The event says so.',
    ],
    [
      'the destination',
      {},
      { dataProcessingOptions: [['LDU'], 0, 0] as [['LDU'], number, number] },
      [],
      'From the dataProcessingOptions of the destination.',
    ],
  ])('says that limited data use comes from %s', async (_, overrides, more, sources, note) => {
    const explained = await explainedBy(custom, track('Any', {}, overrides), more);

    expect(at('data_processing_options', explained)).toMatchObject({ sources, sent: ['LDU'], notes: [note] });
  });

  it('has a test event code go beside the event', async () => {
    const mapping = { ...custom, fields: { ...custom.fields, test_event_code: { '@path': '$.properties.code' } } };
    const explained = await explainedBy(mapping, track('Any', { code: 'TEST7' }));

    expect(explained.outcome).toMatchObject({ status: 'ready', testEventCode: 'TEST7' });
    expect(fieldOf('test_event_code', explained)).toMatchObject({ sent: 'TEST7', sources: ['$.properties.code'] });
  });

  it('tells the sound fields of a mapping that fails for the event', async () => {
    const fields = { ...custom.fields, custom_data: { a: { '@path': { '@path': '$.properties.n' } }, b: 'kept' } };
    const explained = await explainedBy({ ...custom, fields }, page('Any', { n: 5 }));

    expect(explained.outcome).toMatchObject({
      status: 'dead',
      problems: [{ code: 'mapping_failed', path: 'custom_data.a' }],
    });
    expect(fieldOf('custom_data.b', explained)?.raw).toBe('kept');
    expect(fieldOf('user_data.externalId', explained)?.raw).toBe('user-1');
  });
});
