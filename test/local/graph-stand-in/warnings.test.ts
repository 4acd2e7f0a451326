import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../../local/graph-stand-in/warnings.ts';
import { appEvent, serverEvent } from './server-events.ts';
import { standIn } from './stand-in.ts';

const custom = (data: object) => serverEvent({ custom_data: data });

const warned: readonly (readonly [string, object, RegExp])[] = [
  ['a website event without its URL', serverEvent({ event_source_url: undefined }), /event_source_url/],
  ['a website event without a user agent', serverEvent({ user_data: { fbc: 'fb.1.1.x' } }), /client_user_agent/],
  ['an app event without the setting of the app', appEvent(), /application_tracking_enabled/],
  ['a value without a currency', custom({ value: 1 }), /currency/],
  [
    'an address on the network in a chat',
    serverEvent({
      action_source: 'business_messaging',
      event_source_url: '',
      user_data: { client_ip_address: '203.0.113.7' },
    }),
    /only a browser has/,
  ],
  [
    'a chat in Messenger without the person',
    serverEvent({
      action_source: 'business_messaging',
      messaging_channel: 'messenger',
      event_source_url: '',
      user_data: { page_id: '1' },
    }),
    /ids of its channel/,
  ],
  ['a sale in a shop without its order', serverEvent({ action_source: 'physical_store' }), /order_id nor item_number/],
  ['an address in custom data', custom({ note: 'ask jane@example.com' }), /custom_data holds/],
  ['an encoded address, deep inside', custom({ a: [{ b: 'x?m=jane%40example.com' }] }), /custom_data holds/],
  ['a phone number', custom({ contact: '+49 170 1234567' }), /custom_data holds/],
  ['an address in the URL', serverEvent({ event_source_url: 'https://a.example/?e=jane@b.example' }), /URL holds/],
  ['an address in the referrer', serverEvent({ referrer_url: 'https://a.example/jane@b.example' }), /URL holds/],
];

const fine: readonly (readonly [string, object])[] = [
  ['an event with everything', serverEvent()],
  ['an event of a system, without URL and user agent', serverEvent({ action_source: 'other', event_source_url: '' })],
  ['a value with a currency', custom({ value: '1.00', currency: 'EUR' })],
  ['numbers that are no phone numbers', custom({ order_id: '4917012345678', sku: '1-2-3', score: '+5' })],
  ['a social handle', custom({ handle: '@shop.example', text: 'two @ three' })],
];

describe('warningsOf', () => {
  it.each(warned)('warns of %s', (_, event, warning) => {
    expect(warningsOf([event as Record<string, unknown>])).toEqual([expect.stringMatching(warning)]);
  });

  it.each(fine)('has nothing to say of %s', (_, event) => {
    expect(warningsOf([event as Record<string, unknown>])).toEqual([]);
  });

  it('says each thing once, and nothing of what was sent', () => {
    const events = Array(3).fill(custom({ note: 'jane@example.com' }));
    const said = warningsOf(events);

    expect(said).toHaveLength(1);
    expect(said.join()).not.toContain('jane');
  });

  it('comes to the end of a long text', { timeout: 600_000 }, () => {
    const note = `${'x'.repeat(1_000_000)}@${'a.'.repeat(500_000)}`;

    expect(warningsOf([custom({ note })])).toBeInstanceOf(Array);
  });

  it('comes with an accepted request, in messages', async () => {
    const { api, post } = await standIn();
    const { status, body } = await post({ data: [custom({ value: 1 })] });

    expect({ status, messages: body.messages }).toEqual({
      status: 200,
      messages: ['A value comes without a currency.'],
    });
    expect(api.received()).toMatchObject([{ warnings: ['A value comes without a currency.'] }]);
  });
});
