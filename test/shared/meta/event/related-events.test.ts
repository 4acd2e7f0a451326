import { inEvent } from '../../../support/factories.ts';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { order } from '../../delivery/delivery-fixture.ts';
import { serve } from '../actions/serve.ts';

const custom = (fields: JsonObject) => ({ action: 'custom', trigger: 'type = "track"', fields });

describe('an event that follows another', () => {
  const refund = custom({
    event_name: 'Refund',
    action_source: 'system_generated',
    original_event_data: {
      event_name: 'Purchase',
      event_time: { '@path': '$.properties.ordered_at' },
      order_id: { '@path': '$.properties.order_id' },
      event_id: { '@path': '$.properties.order_event' },
    },
  });

  it('names it, its time in Unix seconds', async () => {
    const properties = { ordered_at: '2026-03-01T10:00:00.900Z', order_id: 17, order_event: 'order-17' };

    expect((await serve(refund, order(1, properties))).event?.['original_event_data']).toEqual({
      event_name: 'Purchase',
      event_time: Date.UTC(2026, 2, 1, 10) / 1_000,
      order_id: '17',
      event_id: 'order-17',
    });
  });

  it('leaves out what cannot be read, and personal data', async () => {
    const properties = { ordered_at: 'soon', order_id: 'a@example.com', order_event: {} };
    const { event, warnings } = await serve(refund, order(1, properties));

    expect(event?.['original_event_data']).toEqual({ event_name: 'Purchase' });
    expect(warnings).toHaveLength(3);
  });

  it.each<[string, JsonObject, readonly string[] | undefined]>([
    ['all of it', { event_name: 'Purchase', event_time: '2026-03-10T11:00:00Z' }, undefined],
    ['its name', { event_time: '2026-03-10T11:00:00Z' }, ['field_missing']],
    ['its name and time', {}, ['field_missing', 'field_missing']],
  ])('needs for an attribution %s', async (_, original, problems) => {
    const mapping = custom({
      event_name: 'AppendAttribution',
      action_source: 'system_generated',
      original_event_data: inEvent(original),
      attribution_data: {
        ad_id: 7,
        touchpoint_ts: '2026-03-10T10:00:00Z',
        attribution_share: '0.5',
        attribution_value: 5,
      },
    });

    const served = await serve(mapping, order(1));

    expect(served.problems).toEqual(problems);
    expect(served.event?.['attribution_data']).toEqual(
      problems === undefined
        ? { ad_id: '7', touchpoint_ts: Date.UTC(2026, 2, 10, 10) / 1_000, attribution_share: 0.5, attribution_value: 5 }
        : undefined,
    );
  });
});

describe('an attribution', () => {
  it('takes the windows it was made with from the event, and nothing else of it', async () => {
    const mapping = custom({
      event_name: 'AppendAttribution',
      action_source: 'system_generated',
      original_event_data: { event_name: 'Purchase', event_time: '2026-03-10T11:00:00Z' },
      attribution_data: {
        ad_id: { '@path': '$.properties.ad' },
        attribution_setting: {
          inactivity_window_hours: { '@path': '$.properties.hours' },
          reattribution_window_hours: { '@path': '$.properties.none' },
        },
      },
    });
    const { event } = await serve(mapping, order(1, { ad: '7', hours: 24 }));

    expect(event?.['attribution_data']).toEqual({ ad_id: '7', attribution_setting: { inactivity_window_hours: 24 } });
  });
});

describe('an event from a conversation', () => {
  const from = (fields: JsonObject) =>
    custom({
      event_name: 'LeadSubmitted',
      action_source: 'business_messaging',
      user_data: { page_id: '1', ctwa_clid: 'abc', email: 'a@example.com' },
      ...fields,
    });

  it('says its channel', async () => {
    expect((await serve(from({ messaging_channel: 'whatsapp' }), order(1))).event).toMatchObject({
      event_name: 'LeadSubmitted',
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
    });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['a channel', {}, ['field_missing']],
    ['a name that Meta takes', { messaging_channel: 'instagram', event_name: 'Lead' }, ['messaging_event_invalid']],
  ])('needs %s', async (_, fields, problems) => {
    expect((await serve(from({ action_source: inEvent('business_messaging'), ...fields }), order(1))).problems).toEqual(
      problems,
    );
  });
});

describe('other members', () => {
  it.each<[string, JsonObject, string, unknown]>([
    ['an opt-out', { opt_out: true }, 'opt_out', true],
    ['an opt-in', { opt_out: false }, 'opt_out', false],
    ['a value by its name', { value: '5', currency: 'eur' }, 'custom_data', { value: 5, currency: 'EUR' }],
    [
      'a kind of customer',
      { customer_segmentation: 'new_customer_to_business' },
      'custom_data',
      { customer_segmentation: 'new_customer_to_business' },
    ],
    [
      'what a product is called',
      { contents: [{ id: 'a', title: 'Boot', description: 'Brown', brand: 'Acme', category: 'Shoes', quantity: 1 }] },
      'custom_data',
      { contents: [{ id: 'a', quantity: 1, title: 'Boot', description: 'Brown', brand: 'Acme', category: 'Shoes' }] },
    ],
  ])('are sent: %s', async (_, fields, member, expected) => {
    const mapping = custom({ event_name: 'Probe', action_source: 'other', ...fields });

    expect((await serve(mapping, order(1))).event?.[member]).toEqual(expected);
  });

  it('of an app are sent, without personal data', async () => {
    const app = {
      ...{ use_app_data: true, version: 'i2', osVersion: '17.5', campaign_ids: 'c-1', url_schemes: ['shop', 'shop2'] },
      ...{ install_referrer: 'a@example.com', installer_package: 'com.store', vendor_id: 'v-1' },
    };
    const mapping = custom({ event_name: 'Probe', action_source: 'app', app_data_field: app });

    const { event, warnings } = await serve(mapping, order(1));

    expect(event?.['app_data']).toMatchObject({
      campaign_ids: 'c-1',
      url_schemes: ['shop', 'shop2'],
      installer_package: 'com.store',
      vendor_id: 'v-1',
    });
    expect(event?.['app_data']).not.toHaveProperty('install_referrer');
    expect(warnings).toHaveLength(1);
  });
});
