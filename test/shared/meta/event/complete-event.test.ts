import { describe, expect, it } from 'vitest';
import { completeEvent } from '../../../../shared/meta/event/complete-event.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';

const [a, b] = [{ product_id: 'a' }, { product_id: 'b' }];

describe('completeEvent', () => {
  it.each<[string, JsonObject]>([
    ['has nothing', {}],
    [
      'has everything in its place',
      { properties: { products: [a] }, context: { page: { url: 'https://a.example/?b' } } },
    ],
    ['is about one product', { properties: { products: a } }],
    ['has a query and says so twice', { context: { page: { url: 'https://a.example/?b=1', search: '?b=1' } } }],
    ['has an empty query', { context: { page: { url: 'https://a.example/', search: '?' } } }],
    ['has a search that is none', { context: { page: { url: 'https://a.example/', search: 'shoes' } } }],
    ['tracks with a url of its own', { type: 'track', properties: { url: 'https://a.example/shoe' }, context: {} }],
    ['has odd bags', { type: 'page', properties: 'x', context: [1] }],
    ['has an odd page', { type: 'page', properties: { url: 5 }, context: { page: 'x' } }],
  ])('gives the event itself where it %s', (_, event) => {
    expect(completeEvent(event)).toBe(event);
  });

  // Lists become text on the way through tag managers: facebookincubator/ConversionsAPI-Tag-for-GoogleTagManager#27,
  // thebergamo/react-native-fbsdk-next#40; ids joined by commas are no list: magento/meta-for-magento2#27.
  it.each<[string, unknown, unknown]>([
    ['an object of positions', { 0: a, 2: b }, [a, b]],
    ['positions that begin with one', { 1: a, 2: b }, [a, b]],
    ['an empty object', {}, []],
    ['an object of products by their ids', { a, b }, [a, b]],
    ['JSON of JSON of a list', JSON.stringify(JSON.stringify([a, b])), [a, b]],
    ['a list of JSON', [JSON.stringify(a), JSON.stringify(b)], [a, b]],
    ['a list of lists', [[a], [b]], [a, b]],
    ['a list with broken JSON', [a, '{"product_id":'], [a, '{"product_id":']],
    ['JSON of a list', JSON.stringify([a, b]), [a, b]],
    ['JSON of an object of positions', JSON.stringify({ 0: a, 2: b }), [a, b]],
    ['JSON of one product', JSON.stringify(a), a],
    ['ids joined by commas', 'a,b', ['a,b']],
    ['JSON of a number', '5', ['5']],
    ['a number', 5, [5]],
    ['true', true, [true]],
    ['broken JSON', '[{"product_id":', ['[{"product_id":']],
  ])('reads products from %s', (_, products, expected) => {
    const event = { type: 'track', properties: { products, revenue: 1 }, context: {} };

    expect(completeEvent(event)).toEqual({ ...event, properties: { products: expected, revenue: 1 } });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['its url', { url: 'https://a.example/' }, { url: 'https://a.example/' }],
    ['its referrer', { referrer: 'https://b.example/' }, { referrer: 'https://b.example/' }],
    [
      'its search, which completes the url',
      { url: 'https://a.example/', search: '?fbclid=X' },
      { url: 'https://a.example/?fbclid=X', search: '?fbclid=X' },
    ],
  ])('takes from a page call %s', (_, properties, page) => {
    expect(completeEvent({ type: 'page', properties })).toEqual({ type: 'page', properties, context: { page } });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['traits', { traits: '{"email":"a@b.example"}' }, { traits: { email: 'a@b.example' } }],
    ['an address', { traits: { address: '{"city":"Bern"}' } }, { traits: { address: { city: 'Bern' } } }],
  ])('reads %s from JSON text', (_, context, expected) => {
    expect(completeEvent({ type: 'track', context })).toEqual({ type: 'track', context: expected });
  });

  it.each(['x', '{"city":', '["Bern"]'])('leaves an address alone that is the text %s', (address) => {
    const event = { type: 'track', context: { traits: { address } } };

    expect(completeEvent(event)).toBe(event);
  });

  it('takes the whole URL of a page call where the context has a part of it', () => {
    const properties = { url: 'https://a.example/p', search: 'fbclid=X' };
    const event = completeEvent({ type: 'page', properties, context: { page: { url: '/p' } } });

    expect(event['context']).toEqual({ page: { url: 'https://a.example/p?fbclid=X', search: 'fbclid=X' } });
  });

  it('prefers what the context says', () => {
    const page = { url: 'https://a.example/?', referrer: 'https://b.example/' };
    const event = {
      type: 'page',
      properties: { url: 'https://c.example/', referrer: 'https://d.example/' },
      context: { page },
    };

    expect(completeEvent(event)).toBe(event);
  });

  // Canonical links have no campaign: segment-boneyard/analytics.js-integrations#92, DavidWells/analytics#180.
  it.each([
    ['https://a.example/p', 'https://a.example/p?fbclid=X'],
    ['https://a.example/p#top', 'https://a.example/p?fbclid=X#top'],
    ['https://a.example/p#/route', 'https://a.example/p?fbclid=X#/route'],
  ])('gives the canonical URL %s the query that it lost', (url, whole) => {
    const event = { type: 'track', context: { ip: '1', page: { url, search: '?fbclid=X', title: 'P' } } };

    expect(completeEvent(event)).toEqual({
      type: 'track',
      context: { ip: '1', page: { url: whole, search: '?fbclid=X', title: 'P' } },
    });
  });

  it.each<[string, unknown, unknown]>([
    ['an object', { City: 'Bern' }, { City: 'Bern', city: 'Bern' }],
    ['a list of one', [{ city: 'Bern' }], { city: 'Bern' }],
    ['JSON text', '{"town":"Bern"}', { town: 'Bern', city: 'Bern' }],
  ])('reads an address that is %s, and traits under other names, wherever they stand', (_, address, expected) => {
    const traits = { DOB: '1990-02-13', address };
    const usual = { DOB: '1990-02-13', birthday: '1990-02-13', address: expected };

    expect(completeEvent({ traits, context: { traits } })).toEqual({ traits: usual, context: { traits: usual } });
  });
});
