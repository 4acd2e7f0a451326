import { describe, expect, it } from 'vitest';
import { defineConfig } from '../../../../shared/config/define-config.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import {
  type OfflineConversionsOptions,
  offlineConversions,
} from '../../../../shared/meta/presets/offline-conversions.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { identify, now, sha256, track } from '../../../support/factories.ts';
import { compiled, plannedAt } from './plan-at.ts';

type Options = Omit<OfflineConversionsOptions, 'accessTokenSecret'>;

const accessTokenSecret = 'conversions/test/main';
const destinationsFor = (options: Options) => offlineConversions({ accessTokenSecret, ...options });
const at = async (options: Options, call: JsonObject) => plannedAt(await compiled(destinationsFor(options)), call);
const named = (name: string): Options => ({ trackEvents: { [name]: ['1'] } });
const whereAndWhat = async (options: Options, call: JsonObject) =>
  (await at(options, call)).map(({ destination, event }) => [destination, event.event_name]);

const products = [
  { product_id: 'A', quantity: 2, price: 5 },
  { product_id: 'B', price: 3 },
];

describe('offlineConversions', () => {
  it('gives a destination to every dataset', () => {
    const { 'offline-1': first, ...others } = destinationsFor({
      trackEvents: { 'Order Completed': ['1', '2'] },
      leadEvents: { 'Lead Generated': ['3'] },
      audiences: { regulars: ['1'] },
    });

    expect(Object.keys(others)).toEqual(['offline-2', 'offline-3']);
    expect(first).toMatchObject({
      datasetId: '1',
      accessTokenSecret,
      uploadTag: 'Segment',
      integrationNames: ['Facebook Offline Conversions'],
    });
    expect(first?.mappings.map(({ name }) => name)).toEqual(['Order Completed', 'audience regulars']);
  });

  it('fits into a configuration as it is', () => {
    const destinations = destinationsFor({ trackEvents: { A: ['1', '2'] }, leadEvents: { A: ['1'] } });
    const shop = { writeKeyHashes: ['a'.repeat(64)], destinations: Object.keys(destinations) };

    expect(() => defineConfig({ sources: { shop }, destinations })).not.toThrow();
  });

  it('is nothing without datasets', () => {
    expect(destinationsFor({ trackEvents: {}, leadEvents: { A: [] } })).toEqual({});
  });

  it('takes another upload tag', () => {
    expect(destinationsFor({ ...named('A'), uploadTag: 'tills' })['offline-1']).toMatchObject({ uploadTag: 'tills' });
  });

  it.each([
    ['Products Searched', 'Search'],
    ['Product Viewed', 'ViewContent'],
    ['Product List Viewed', 'ViewContent'],
    ['Product Added to Wishlist', 'AddToWishlist'],
    ['Product Added', 'AddToCart'],
    ['Checkout Started', 'InitiateCheckout'],
    ['Payment Info Entered', 'AddPaymentInfo'],
    ['Order Completed', 'Purchase'],
    ['Membership Upgraded', 'Membership Upgraded'],
    ['constructor', 'constructor'],
    ['say "hello"', 'say "hello"'],
  ])('makes of %s the conversion %s', async (name, conversion) => {
    expect(await whereAndWhat(named(name), track(name, { revenue: 1, currency: 'EUR' }))).toEqual([
      ['offline-1', conversion],
    ]);
  });

  it('sends an event to every dataset it is named for, under every conversion', async () => {
    const options = {
      trackEvents: { 'Signed Up': ['1', '2'] },
      leadEvents: { 'Signed Up': ['1'] },
      completeRegistrationEvents: { 'Signed Up': ['3'] },
    };

    expect(await whereAndWhat(options, track('Signed Up'))).toEqual([
      ['offline-1', 'Signed Up'],
      ['offline-1', 'Lead'],
      ['offline-2', 'Signed Up'],
      ['offline-3', 'CompleteRegistration'],
    ]);
  });

  it.each([
    ['an event that is not named', track('Order Refunded')],
    ['a call that is no track call', { ...track('Order Completed'), type: 'page' }],
  ])('leaves %s alone', async (_, call) => {
    expect(await at(named('Order Completed'), call)).toEqual([]);
  });

  it.each<[string, Partial<Options>, string, JsonObject, number | undefined]>([
    ['the revenue of an order', {}, 'Order Completed', { revenue: 9, value: 8, price: 7 }, 9],
    ['the revenue of an order always', { valueField: 'price' }, 'Order Completed', { revenue: 9, price: 7 }, 9],
    ['the value of anything else', {}, 'Product Added', { revenue: 9, value: 8, price: 7 }, 8],
    ['the price where that is chosen', { valueField: 'price' }, 'Product Added', { value: 8, price: 7 }, 7],
    ['the price so many times where there is no value', {}, 'Product Added', { price: 7, quantity: 2 }, 14],
    ['the value of a lead', {}, 'Lead Generated', { value: 8, price: 7 }, 8],
  ])('takes for a value %s', async (_, options, name, properties, value) => {
    const events = name === 'Lead Generated' ? { leadEvents: { [name]: ['1'] } } : named(name);
    const [planned] = await at({ ...events, ...options }, track(name, { currency: 'EUR', ...properties }));

    expect(planned?.event.custom_data?.value).toBe(value);
  });

  it('takes the same for the value of an order as every preset', async () => {
    const call = track('Order Completed', { value: 8, price: 7, currency: 'EUR' });

    expect((await at(named('Order Completed'), call))[0]?.event.custom_data?.value).toBe(8);
  });

  it('takes no price for the value of an order', async () => {
    const call = track('Order Completed', { price: 7, currency: 'EUR' });

    // An order without a value is none that Meta takes.
    await expect(at(named('Order Completed'), call)).rejects.toThrow('The required field value is missing.');
  });

  it.each<[string, string, JsonObject, JsonObject]>([
    [
      'the products of an order',
      'Order Completed',
      { products, revenue: 13, currency: 'EUR' },
      {
        currency: 'EUR',
        value: 13,
        content_type: 'product',
        content_ids: ['A', 'B'],
        contents: [
          { id: 'A', quantity: 2, item_price: 5 },
          { id: 'B', item_price: 3 },
        ],
        num_items: 3,
      },
    ],
    [
      'a product of its own',
      'Product Added',
      { product_id: 'A' },
      { content_type: 'product', content_ids: ['A'], contents: [{ id: 'A' }], num_items: 1, product_id: 'A' },
    ],
    [
      'a list by its category, whatever its products',
      'Product List Viewed',
      { category: 'shoes', products },
      { content_type: 'product_group', content_ids: ['shoes'], category: 'shoes' },
    ],
    ['no product', 'Products Searched', { products: [] }, {}],
    ['a list without a category', 'Product List Viewed', {}, {}],
  ])('describes %s', async (_, name, properties, expected) => {
    const [planned] = await at(named(name), track(name, properties));

    expect(planned?.event.custom_data).toEqual(expected);
  });

  it.each<[string, string, JsonObject, JsonObject]>([
    [
      'an order’s that are not used elsewhere',
      'Order Completed',
      { order_id: 'O-1', revenue: 9, currency: 'eur', shop: 'Austin 2', tax: { state: 1 }, price: 4, none: null },
      { order_id: 'O-1', value: 9, currency: 'EUR', shop: 'Austin 2', tax: { state: 1 }, price: 4, none: null },
    ],
    [
      'another conversion’s',
      'Payment Info Entered',
      { value: 9, currency: 'EUR', revenue: 8, price: 7, step: 2 },
      { value: 9, currency: 'EUR', revenue: 8, price: 7, step: 2 },
    ],
    ['all of a custom event’s', 'Membership Upgraded', { plan: 'gold', products }, { plan: 'gold', products }],
  ])('keeps the properties: %s', async (_, name, properties, expected) => {
    const [planned] = await at(named(name), track(name, properties));

    expect(planned?.event.custom_data).toEqual(expected);
  });

  it('takes email addresses and phone numbers out of the remaining properties', async () => {
    const call = track('Order Completed', {
      revenue: 1,
      currency: 'EUR',
      clerk: 'bob@example.com',
      phone: '6505551212',
    });
    const [planned] = await at(named('Order Completed'), call);

    expect(planned?.event.custom_data).toEqual({ value: 1, currency: 'EUR' });
    expect(planned?.warnings).toEqual(['custom_data: personal data was taken out in 2 places.']);
  });

  it('makes match keys of the traits, with the name taken apart', async () => {
    const traits = {
      email: 'Ann@Example.com',
      phone: '+1 401 123 4567',
      gender: 'f',
      name: 'Ann van Dyke',
      address: { city: 'East Greenwich', state: 'RI', postalCode: '02818', country: 'USA' },
    };
    const [planned] = await at(named('A'), track('A', {}, { anonymousId: 'visitor-1', context: { traits } }));

    expect(planned?.event.user_data).toEqual({
      external_id: [sha256('user-1')],
      em: sha256('ann@example.com'),
      ph: sha256('14011234567'),
      ge: sha256('f'),
      fn: sha256('ann'),
      ln: sha256('vandyke'),
      ct: sha256('eastgreenwich'),
      st: sha256('ri'),
      zp: sha256('02818'),
      country: sha256('us'),
    });
  });

  it('prefers the first and last name', async () => {
    const traits = { name: 'Somebody Else', firstName: 'Ann', lastName: 'Lee' };
    const [planned] = await at(named('A'), track('A', {}, { context: { traits } }));

    expect(planned?.event.user_data).toMatchObject({ fn: sha256('ann'), ln: sha256('lee') });
  });

  const offlineName = 'Facebook Offline Conversions';
  it.each<[string, JsonObject, unknown]>([
    ['the context', { context: { [offlineName]: { leadId: '1234567890123456' } } }, 1234567890123456],
    ['the integrations', { integrations: { [offlineName]: { leadId: 1234567890123456 } } }, 1234567890123456],
    [
      'the context first',
      {
        context: { [offlineName]: { leadId: 123456789012345 } },
        integrations: { [offlineName]: { leadId: 234567890123456 } },
      },
      123456789012345,
    ],
    ['neither', { integrations: { [offlineName]: true } }, undefined],
  ])('takes the lead id from %s', async (_, overrides, leadId) => {
    const [planned] = await at({ leadEvents: { A: ['1'] } }, track('A', {}, overrides));

    expect(planned?.event.user_data.lead_id).toBe(leadId);
  });

  it.each<[string, Partial<Options>, JsonObject, object]>([
    ['nothing unless it is switched on', {}, {}, {}],
    // Segment's page warns of this one: switched on, and without options, there is no restriction.
    ['an empty list where the event says nothing', { limitedDataUse: true }, {}, { data_processing_options: [] }],
    [
      'an empty list where the event gives one',
      { limitedDataUse: true },
      { integrations: { [offlineName]: { dataProcessingOptions: [[], 1, 1000] } } },
      { data_processing_options: [] },
    ],
    [
      'what the event says',
      { limitedDataUse: true },
      { integrations: { [offlineName]: { dataProcessingOptions: [['LDU'], '1', '1000'] } } },
      { data_processing_options: ['LDU'], data_processing_options_country: 1, data_processing_options_state: 1000 },
    ],
    [
      'what the event says, even where it is not switched on',
      {},
      { integrations: { [offlineName]: { dataProcessingOptions: [['LDU'], 0, 0] } } },
      { data_processing_options: ['LDU'], data_processing_options_country: 0, data_processing_options_state: 0 },
    ],
    [
      'an empty list where the event speaks of another destination',
      { limitedDataUse: true },
      { integrations: { 'Facebook Conversions API (Actions)': { dataProcessingOptions: [['LDU'], 1, 1000] } } },
      { data_processing_options: [] },
    ],
  ])('says of Limited Data Use %s', async (_, options, overrides, expected) => {
    const [planned] = await at({ ...named('A'), ...options }, track('A', {}, overrides));

    const limits = Object.entries(planned?.event ?? {}).filter(([name]) => name.startsWith('data_processing'));
    expect(Object.fromEntries(limits)).toEqual(expected);
  });

  it.each([
    ['61 days old in a shop', {}, '2026-01-08T12:00:00.000Z', 'ready'],
    ['over 62 days old in a shop', {}, '2026-01-07T11:59:00.000Z', 'dead'],
    ['6 days old on the phone', { actionSource: 'phone_call' }, '2026-03-04T12:00:00.000Z', 'ready'],
    ['8 days old on the phone', { actionSource: 'phone_call' }, '2026-03-02T12:00:00.000Z', 'dead'],
  ] as const)('judges a sale %s', async (_, options, timestamp, status) => {
    const [destination] = await compiled(destinationsFor({ ...named('A'), ...options }));

    expect(destination && planEvent(track('A', {}, { timestamp }), destination, now)).toMatchObject([{ status }]);
  });

  describe('for an audience', () => {
    const audience: Options = { audiences: { order_completed_last_30days: ['1', '2'] } };

    it('makes a custom event of an identify call in which the trait is true', async () => {
      const planned = await at(audience, identify({ order_completed_last_30days: true, email: 'ann@example.com' }));

      expect(planned.map(({ destination }) => destination)).toEqual(['offline-1', 'offline-2']);
      expect(planned[0]?.event).toMatchObject({
        event_name: 'order_completed_last_30days',
        action_source: 'physical_store',
        user_data: { external_id: [sha256('user-1')], em: sha256('ann@example.com') },
      });
    });

    it.each([
      ['false', identify({ order_completed_last_30days: false })],
      ['missing', identify({ another: true })],
      ['on a track call', track('A', {}, { traits: { order_completed_last_30days: true } })],
    ])('makes nothing of a trait that is %s', async (_, call) => {
      expect(await at(audience, call)).toEqual([]);
    });
  });
});
