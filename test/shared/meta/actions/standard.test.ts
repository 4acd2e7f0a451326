import { describe, expect, it } from 'vitest';
import { standardEvents } from '../../../../shared/meta/actions/standard.ts';
import { ServerEvent } from '../../../../shared/meta/event/server-event.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { inEvent, track } from '../../../support/factories.ts';
import { serve } from './serve.ts';

const mapping = (fields: JsonObject = {}) => ({
  action: 'standard',
  trigger: 'type = "track"',
  fields: { event_name: 'Lead', action_source: 'system_generated', ...fields },
});

async function customData(properties: JsonObject, fields: JsonObject = {}): Promise<ServerEvent['custom_data']> {
  return ServerEvent.parse((await serve(mapping(fields), track('Any', properties))).event).custom_data;
}

describe('the standard event', () => {
  it.each(standardEvents)('can be %s', async (name) => {
    const { event } = await serve(mapping({ event_name: name }), track('Any', { value: 3, currency: 'EUR' }));

    expect(ServerEvent.parse(event)).toMatchObject({ event_name: name, event_id: 'track-1' });
  });

  it('is one of Meta’s eighteen', () => {
    expect(new Set(standardEvents).size).toBe(18);
  });

  it.each([
    ['a name of one’s own', 'Newsletter', 'field_invalid'],
    ['a name in another letter case', 'lead', 'field_invalid'],
    ['no name', null, 'field_missing'],
  ])('is refused with %s', async (_, name, code) => {
    expect((await serve(mapping({ event_name: inEvent(name) }), track('Any'))).problems).toContain(code);
  });

  it('needs no property', async () => {
    expect(await customData({})).toEqual({});
  });

  it.each<[string, JsonObject, object]>([
    ['the revenue before the value', { revenue: 3, value: 2, price: 1 }, { value: 3 }],
    ['the value before the price', { value: 2, price: 1 }, { value: 2 }],
    ['the price', { price: '1.50' }, { value: 1.5 }],
    ['a value of zero', { value: 0, price: 1 }, { value: 0 }],
    ['the currency', { currency: 'usd' }, { currency: 'USD' }],
    ['the predicted lifetime value', { predicted_ltv: '99' }, { predicted_ltv: 99 }],
    ['the order id', { order_id: 7 }, { order_id: '7' }],
    ['the status, true among them', { status: true }, { status: 'true' }],
  ])('takes %s', async (_, properties, expected) => {
    expect(await customData(properties)).toEqual(expected);
  });

  it.each<[string, JsonObject, object]>([
    [
      'a list of them',
      { products: [{ product_id: 'A', quantity: 2, price: 5 }, { sku: 'B' }] },
      {
        content_ids: ['A', 'B'],
        content_type: 'product',
        contents: [{ id: 'A', quantity: 2, item_price: 5 }, { id: 'B' }],
        num_items: 3,
      },
    ],
    [
      'the event’s own',
      { sku: 'A', quantity: 4 },
      { content_ids: ['A'], content_type: 'product', contents: [{ id: 'A', quantity: 4 }], num_items: 4 },
    ],
    [
      'the event’s own beside an empty list',
      { product_id: 'A', products: [] },
      { content_ids: ['A'], content_type: 'product', contents: [{ id: 'A' }], num_items: 1 },
    ],
    ['none', { quantity: 4 }, {}],
    ['an empty list', { products: [] }, {}],
  ])('describes products: %s', async (_, properties, expected) => {
    expect(await customData(properties)).toEqual(expected);
  });

  it.each<[string, JsonObject, object]>([
    ['a search', { search_string: { '@path': '$.properties.city' } }, { search_string: 'Austin' }],
    ['a way of delivery', { delivery_category: 'in_store' }, { delivery_category: 'in_store' }],
    ['a margin', { net_revenue: 1.25 }, { net_revenue: 1.25 }],
    ['a number of items', { num_items: 9 }, { num_items: 9 }],
  ])('takes %s where it is mapped', async (_, fields, expected) => {
    expect(await customData({ city: 'Austin' }, fields)).toEqual(expected);
  });

  it('takes all properties but some', async () => {
    const fields = { custom_data: { '@path': '$.properties' }, custom_data_without: ['secret', 'value'], value: 2 };

    expect(await customData({ secret: 1, value: 'n/a', plan: 'team' }, fields)).toEqual({ plan: 'team', value: 2 });
  });

  it('goes without numbers that are none, and says so', async () => {
    const { event, warnings } = await serve(mapping(), track('Any', { value: 'free', currency: 'EUR' }));

    expect(event?.['custom_data']).toEqual({ currency: 'EUR' });
    expect(warnings).toEqual(['Value was left out: it is not an amount of zero or more.']);
  });

  it('needs a user agent on a website', async () => {
    const website = mapping({ action_source: 'website' });

    expect((await serve(website, track('Any'))).problems).toEqual(['user_agent_missing']);
  });

  it.each([
    ['currency and value', {}, ['field_missing', 'field_missing']],
    ['a currency', { value: 3 }, ['field_missing']],
    ['nothing', { value: 3, currency: 'EUR' }, undefined],
  ])('misses %s on a purchase', async (_, properties, expected) => {
    const purchase = mapping({ event_name: 'Purchase' });

    expect((await serve(purchase, track('Any', properties))).problems).toEqual(expected);
  });
});
