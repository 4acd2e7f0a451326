import { describe, expect, it } from 'vitest';
import { actions, findAction } from '../../../../shared/meta/actions/actions.ts';
import { compileTrigger } from '../../../../shared/fql/compile-trigger.ts';

describe('findAction', () => {
  it.each(Object.keys(actions))('finds %s in both versions', (key) => {
    expect(findAction(key)).toMatchObject({ needsSyncMode: false });
    expect(findAction(`${key}2`)).toMatchObject({ needsSyncMode: true });
    expect(findAction(`${key}2`)?.action).toBe(findAction(key)?.action);
  });

  it.each(['', '2', 'Purchase', 'purchase3', 'purchase22', 'toString', 'constructor2'])('does not find %j', (key) => {
    expect(findAction(key)).toBeUndefined();
  });
});

describe('the default triggers', () => {
  it.each([
    ['purchase', { type: 'track', event: 'Order Completed' }],
    ['initiateCheckout', { type: 'track', event: 'Checkout Started' }],
    ['addToCart', { type: 'track', event: 'Product Added' }],
    ['viewContent', { type: 'track', event: 'Product Viewed' }],
    ['search', { type: 'track', event: 'Products Searched' }],
    ['pageView', { type: 'page', name: 'Home' }],
  ])('of %s match its own event and no other action’s', (key, event) => {
    const matching = Object.entries(actions).filter(([, { trigger }]) => trigger && compileTrigger(trigger)(event));

    expect(matching.map(([name]) => name)).toEqual([key]);
  });

  it('are missing where a mapping has to say which events it is for', () => {
    expect(actions.custom.trigger).toBeUndefined();
  });
});
