import { describe, expect, it } from 'vitest';
import { createTester } from '../../../shared/explain/tester.ts';
import { readSubscription } from '../../../shared/explain/read-subscription.ts';
import { suggestMapping } from '../../../shared/explain/suggest-mapping.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

const now = new Date('2026-12-01T12:00:00Z');
const track = (event: string, properties: object = {}, more: object = {}) => ({
  ...{ type: 'track', event, messageId: 'm-1', userId: 'u-1', timestamp: now.toISOString(), properties },
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/' }, traits: { email: 'a@b.example' } },
  ...more,
});

describe('suggestMapping', () => {
  it.each([
    { event: 'Order Refunded', action: 'custom', name: 'OrderRefunded' },
    { event: 'Signed Up', action: 'standard', name: 'CompleteRegistration' },
    { event: 'userRegistered', action: 'standard', name: 'CompleteRegistration' },
    { event: 'Demo Requested', action: 'standard', name: 'Lead' },
    { event: 'Trial Started', action: 'standard', name: 'StartTrial' },
    { event: 'booking_confirmed', action: 'standard', name: 'Schedule' },
    { event: 'Purchase', action: 'purchase', name: undefined },
    { event: 'Added to Cart', action: 'addToCart', name: undefined },
    { event: 'Products Searched', action: 'search', name: undefined },
    { event: 'Payment Info Entered', action: 'standard', name: 'AddPaymentInfo' },
    { event: 'Subscription Cancelled', action: 'custom', name: 'SubscriptionCancelled' },
    { event: 'Überraschung!', action: 'custom', name: 'Überraschung' },
  ])('takes $event for $action $name', ({ event, action, name }) => {
    const suggested = suggestMapping(track(event));

    expect({ action: suggested.action, name: suggested.fields['event_name'] }).toEqual({ action, name });
  });

  it('reads the properties that the action does not read by itself', () => {
    const properties = { amount: 12.5, currency: 'EUR', order_id: 'A-1', title: 'Plan B', plan: 'b' };
    const { fields } = suggestMapping(track('Order Refunded', properties));

    expect(fields).toMatchObject({
      value: { '@path': '$.properties.amount' },
      currency: { '@path': '$.properties.currency' },
      order_id: { '@path': '$.properties.order_id' },
      content_name: { '@path': '$.properties.title' },
      action_source: 'website',
    });
  });

  it.each([
    { title: 'a page call', event: { type: 'page', name: 'Home' }, trigger: 'type = "page"', action: 'pageView' },
    {
      title: 'quotes in a name',
      event: track('He said "hi"'),
      trigger: 'event = "He said \\"hi\\""',
      action: 'custom',
    },
    {
      title: 'a call of an app',
      event: track('X', {}, { context: { device: {} } }),
      trigger: 'event = "X"',
      action: 'custom',
    },
  ])('takes $title', ({ event, trigger, action }) => {
    expect(suggestMapping(event)).toMatchObject({ trigger, action });
  });

  it.each(['Order Refunded', 'Signed Up', 'Purchase', 'He said "hi"', 'Demo Requested', 'Products Searched', 'a.b*c'])(
    'gives a mapping that handles %s without a fault',
    (name) => {
      const event = track(name, { total: 5, currency: 'EUR', query: 'shoes', order_id: 'A-1' });
      const tried = createTester({ sha256: sha256Hex })(suggestMapping(event), event, { now });

      expect(tried).toMatchObject({ explained: { matches: true, outcome: { status: 'ready' } } });
      expect('explained' in tried && tried.explained.fields.filter(({ dropped }) => dropped !== undefined)).toEqual([]);
    },
  );
});

describe('readSubscription', () => {
  const subscription = {
    ...{ id: 's-1', name: 'Purchase', actionId: 'a', actionSlug: 'purchase', enabled: true },
    ...{ destinationId: 'd', trigger: 'event = "Order Completed"' },
    settings: { value: { '@path': '$.properties.revenue' } },
  };
  const draft = {
    ...{ name: 'Purchase', action: 'purchase', trigger: 'event = "Order Completed"', defaults: false },
    fields: subscription.settings,
  };

  it.each([
    { title: 'alone', given: subscription },
    { title: "in the API's answer", given: { data: { subscription } } },
    { title: 'in a list', given: { data: { subscriptions: [subscription] } } },
    {
      title: 'as presets of the action write it',
      given: { name: 'Purchase', partnerAction: 'purchase', subscribe: draft.trigger, mapping: draft.fields },
    },
  ])('takes one $title', ({ given }) => {
    expect(readSubscription(given)).toEqual(draft);
  });

  it.each([undefined, null, 5, 'text', [], {}, { value: 1 }, { data: null }, { actionSlug: 'purchase' }])(
    'leaves %j alone',
    (given) => {
      expect(readSubscription(given)).toBeUndefined();
    },
  );
});
