import { describe, expect, it } from 'vitest';
import { standardEvents } from '../../../../shared/meta/actions/standard.ts';
import type { ServerEvent } from '../../../../shared/meta/event/server-event.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import { standardEventMappings } from '../../../../shared/meta/presets/standard-event-mappings.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { page, track } from '../../../support/factories.ts';
import { compiled, main, plannedAt } from './plan-at.ts';

const options = { actionSource: 'system_generated' } as const;
const both = await compiled(main([...ecommerceMappings(options), ...standardEventMappings(options)]));

/** The Segment events that each standard event comes from. */
const origins: Readonly<Record<string, readonly string[]>> = {
  AddPaymentInfo: ['Payment Info Entered'],
  AddToCart: ['Product Added', 'Wishlist Product Added to Cart'],
  AddToWishlist: ['Product Added to Wishlist', 'Product Added To Wishlist'],
  CompleteRegistration: ['Signed Up', 'Account Created'],
  Contact: ['Contact Requested', 'Contacted'],
  CustomizeProduct: ['Product Customized'],
  Donate: ['Donation Made', 'Donation Completed'],
  FindLocation: ['Location Searched', 'Store Located'],
  InitiateCheckout: ['Checkout Started'],
  Lead: ['Lead Generated', 'Form Submitted'],
  Purchase: ['Order Completed'],
  Schedule: ['Appointment Scheduled', 'Demo Scheduled', 'Meeting Booked'],
  Search: ['Products Searched'],
  StartTrial: ['Trial Started'],
  SubmitApplication: ['Application Submitted'],
  Subscribe: ['Subscription Created', 'Subscription Started'],
  ViewContent: ['Product Viewed', 'Product List Viewed'],
};
const rows = Object.entries(origins).flatMap(([event, names]) => names.map((name) => ({ name, event })));

const goods = {
  order_id: 'O-1',
  revenue: 25,
  currency: 'EUR',
  product_id: 'A',
  products: [{ product_id: 'A', quantity: 2, price: 12.5 }],
  category: 'shoes',
  query: 'red',
};

describe('ecommerceMappings and standardEventMappings', () => {
  it('together give every standard event', () => {
    expect([...Object.keys(origins), 'PageView'].toSorted()).toEqual([...standardEvents]);
  });

  it.each(rows)('give one $event for $name', ({ name, event }) => {
    const planned = plannedAt(both, track(name, goods));

    expect(planned.map((each) => each.event.event_name)).toEqual([event]);
  });

  it.each(rows)('give $event for $name whatever its case of properties', ({ name, event }) => {
    const bare = name === 'Order Completed' ? { currency: 'EUR', revenue: 0 } : {};

    expect(plannedAt(both, track(name, bare))).toMatchObject([{ event: { event_name: event } }]);
  });

  it('give one PageView for a page call', () => {
    expect(plannedAt(both, page('Home'))).toMatchObject([{ event: { event_name: 'PageView' } }]);
  });

  it('cover no other event', () => {
    const [{ mappings } = { mappings: [] }] = both;
    const names = rows.map(({ name }) => name);
    const covered = names.filter((name) => mappings.some(({ matches }) => matches(track(name))));

    expect(covered).toEqual(names);
    expect(mappings).toHaveLength(new Set(mappings.map(({ name }) => name)).size);
    expect(plannedAt(both, track('Order Refunded', goods))).toEqual([]);
    expect(plannedAt(both, { ...track('Signed Up'), type: 'identify' })).toEqual([]);
  });

  it('put the action source on every event', () => {
    const sources = standardEventMappings({ actionSource: 'app' }).map(
      ({ fields }) => (fields as JsonObject | undefined)?.['action_source'],
    );

    expect(new Set(sources)).toEqual(new Set(['app']));
  });
});

describe('Product List Viewed', () => {
  const product = { product_id: 'A', price: 5 };

  it.each<[string, JsonObject, ServerEvent['custom_data']]>([
    [
      'with products',
      { category: 'shoes', list_id: 'L', products: [product, { sku: 'B' }] },
      {
        content_ids: ['A', 'B'],
        content_type: 'product',
        content_category: 'shoes',
        contents: [{ id: 'A', item_price: 5 }, { id: 'B' }],
        num_items: 2,
      },
    ],
    [
      'without products',
      { category: 'shoes' },
      { content_ids: ['shoes'], content_type: 'product_group', content_category: 'shoes' },
    ],
    [
      'with an empty list',
      { category: 'shoes', products: [] },
      { content_ids: ['shoes'], content_type: 'product_group', content_category: 'shoes' },
    ],
  ])('names its products or their group: %s', (_, properties, expected) => {
    const [planned] = plannedAt(both, track('Product List Viewed', properties));

    expect(planned?.event.custom_data).toEqual(expected);
  });

  it('without products or category is no group of anything', () => {
    const [planned] = plannedAt(both, track('Product List Viewed'));

    expect(planned?.event.custom_data).toEqual({});
  });
});
