import { describe, expect, it } from 'vitest';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { messagingEvents } from '../../../../shared/meta/event/messaging.ts';
import { ServerEvent } from '../../../../shared/meta/event/server-event.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import {
  instagramMappings,
  messengerMappings,
  whatsAppMappings,
} from '../../../../shared/meta/presets/messaging-mappings.ts';
import { judge } from '../../../../local/graph-stand-in/judge.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { now, track } from '../../../support/factories.ts';
import { compiled, main } from './plan-at.ts';

const browser = {
  ip: '203.0.114.7',
  userAgent: 'Mozilla/5.0',
  page: { url: 'https://shop.example/?fbclid=IwAR0abc', referrer: 'https://shop.example/cart' },
  fbp: 'fb.1.1772900000000.1116446470',
};

async function sent(mappings: ReturnType<typeof messengerMappings>, event: JsonObject) {
  const [destination] = await compiled(main(mappings));
  if (destination === undefined) throw new Error('There is no destination.');
  const [verdict] = planEvent(event, destination, now);
  if (verdict?.status !== 'ready') throw new Error(`Expected a server event, got ${JSON.stringify(verdict)}`);
  return { event: ServerEvent.parse(JSON.parse(verdict.json)), warnings: verdict.warnings };
}

const channels = [
  {
    channel: 'whatsapp',
    preset: whatsAppMappings,
    options: { whatsAppBusinessAccountId: '102290129340398' },
    ids: { ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ' },
    userData: { whatsapp_business_account_id: '102290129340398', ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ' },
  },
  {
    channel: 'messenger',
    preset: messengerMappings,
    options: { pageId: '1906385232743451' },
    ids: { page_scoped_user_id: '7720000000000001' },
    userData: { page_id: '1906385232743451', page_scoped_user_id: '7720000000000001' },
  },
  {
    channel: 'instagram',
    preset: instagramMappings,
    options: { instagramAccountId: '17841400000000001' },
    ids: { ig_sid: '8820000000000001' },
    userData: { instagram_business_account_id: '17841400000000001', ig_sid: '8820000000000001' },
  },
] as const;

describe.each(channels)('the preset for $channel', ({ channel, preset, options, ids, userData }) => {
  const make = preset as (options: object) => ReturnType<typeof messengerMappings>;
  const order = track(
    'Order Completed',
    { ...ids, order_id: 'O-1', revenue: 20, currency: 'EUR', products: [{ product_id: 'A', quantity: 2, price: 10 }] },
    { context: browser, userId: undefined },
  );

  it('sends a sale by the ids of the conversation, and nothing of a browser', async () => {
    const { event, warnings } = await sent(make(options), order);

    expect(event).toEqual({
      event_name: 'Purchase',
      event_time: 1773143940,
      event_id: 'track-1',
      action_source: 'business_messaging',
      user_data: userData,
      messaging_channel: channel,
      custom_data: {
        value: 20,
        currency: 'EUR',
        contents: [{ id: 'A', quantity: 2, item_price: 10 }],
        order_id: 'O-1',
      },
    });
    expect(warnings).toEqual([]);
  });

  it('takes the ids from the traits where the event has none', async () => {
    const event = track('Lead Generated', {}, { context: { traits: ids }, userId: undefined });

    expect((await sent(make(options), event)).event).toMatchObject({
      event_name: 'LeadSubmitted',
      user_data: userData,
    });
  });

  it('makes every event that Meta takes from conversations, and no other', () => {
    const names = (given: object) =>
      make(given).map(({ fields }) => (fields as JsonObject | undefined)?.['event_name']);

    expect(names(options)).toEqual(messagingEvents.slice(0, 5));
    expect(names({ ...options, orderStatus: true })).toEqual(messagingEvents);
  });

  it('is taken by the stand-in', async () => {
    const { event } = await sent(make(options), order);

    expect(judge({}, [event], now)).toBeUndefined();
  });
});

describe('the presets together', () => {
  const all = [
    ...whatsAppMappings({ whatsAppBusinessAccountId: '102290129340398' }),
    ...messengerMappings({ pageId: '1906385232743451' }),
    ...instagramMappings({ instagramAccountId: '17841400000000001' }),
    ...ecommerceMappings({ actionSource: 'website' }),
  ];

  it.each([
    [{ ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ' }, 'whatsapp'],
    [{ page_scoped_user_id: '7720000000000001' }, 'messenger'],
    [{ ig_sid: '8820000000000001' }, 'instagram'],
    [{}, undefined],
  ])('tell conversations from pages: %j', async (ids, channel) => {
    const [destination] = await compiled(main(all));
    if (destination === undefined) throw new Error('There is no destination.');
    const order = track('Order Completed', { ...ids, revenue: 20, currency: 'EUR' }, { context: browser });
    const verdicts = planEvent(order, destination, now);
    const events = verdicts.flatMap((verdict) => (verdict.status === 'ready' ? [JSON.parse(verdict.json)] : []));

    expect(events.map((event) => event.messaging_channel)).toEqual([channel]);
    expect(events.map((event) => event.event_name)).toEqual(['Purchase']);
  });
});

describe('an event from a conversation', () => {
  const mapping = {
    name: 'own',
    action: 'custom',
    trigger: 'type = "track"',
    fields: {
      event_name: 'Purchase',
      action_source: 'business_messaging',
      messaging_channel: 'messenger',
      value: 1,
      currency: 'EUR',
      user_data: { page_id: '1906385232743451' },
    },
  } as const;

  it('leaves out what only a browser has, and says which id is missing', async () => {
    const { event, warnings } = await sent([mapping], track('Any', {}, { context: browser }));

    expect(event.event_source_url).toBeUndefined();
    expect(Object.keys(event.user_data)).toEqual(['external_id', 'page_id']);
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'browser_data_left_out event_source_url',
      'browser_data_left_out referrer_url',
      'browser_data_left_out user_data.client_ip_address',
      'browser_data_left_out user_data.client_user_agent',
      'browser_data_left_out user_data.clickUrl',
      'browser_data_left_out user_data.clickReferrer',
      'browser_data_left_out user_data.fbp',
      'messaging_id_missing user_data.page_scoped_user_id',
    ]);
  });
});
