import { describe, expect, it } from 'vitest';
import { renewedIds } from '../../../shared/segment/renewed-ids.ts';

const fbp = 'fb.1.1772900000000.1116446470';
const fbc = 'fb.1.1773000000000.IwAR2F4-Ab_c';
const page = 'https://www.shop.example';
const attributes = 'Max-Age=7776000; Path=/; Domain=shop.example; Secure; SameSite=Lax';

const renew = (cookie: string | undefined, given: unknown, host = 'events.shop.example', origin = page) =>
  renewedIds({ cookie, origin }, given, host);

describe('renewedIds', () => {
  it('sets again what the browser has', () => {
    expect(renew(`a=1; _fbp=${fbp}; _fbc=${fbc}`, {})).toEqual([
      `_fbp=${fbp}; ${attributes}`,
      `_fbc=${fbc}; ${attributes}`,
    ]);
  });

  it('sets what the page says where the browser has none', () => {
    expect(renew(undefined, { fbp, fbc })).toEqual([`_fbp=${fbp}; ${attributes}`, `_fbc=${fbc}; ${attributes}`]);
  });

  it('takes the newer one of the two', () => {
    const newer = 'fb.1.1773000000001.Other';

    expect(renew(`_fbc=${newer}`, { fbc })).toEqual([`_fbc=${newer}; ${attributes}`]);
    expect(renew(`_fbc=${fbc}`, { fbc: newer })).toEqual([`_fbc=${newer}; ${attributes}`]);
  });

  it.each([
    ['a page of another site', 'events.shop.example', 'https://shop.test'],
    ['an endpoint of another site', 'abc.execute-api.eu-west-1.amazonaws.com', page],
    ['a page without a name', 'events.shop.example', 'null'],
    ['a site whose name only ends alike', 'events.shop.example', 'https://myshop.example'],
  ])('sets nothing for %s', (_, host, origin) => {
    expect(renew(`_fbp=${fbp}`, { fbc }, host, origin)).toEqual([]);
  });

  it('sets nothing for a request that names no page', () => {
    expect(renewedIds({ cookie: `_fbp=${fbp}`, origin: undefined }, {}, 'events.shop.example')).toEqual([]);
  });

  it('has the domain that the number in the cookie tells', () => {
    const [cookie] = renew(undefined, { fbp: 'fb.2.1772900000000.11' }, 'events.shop.co.uk', 'https://shop.co.uk');

    expect(cookie).toContain('Domain=shop.co.uk;');
  });

  it('keeps the cookie to the host where nothing is above both', () => {
    const [cookie] = renew(undefined, { fbp: 'fb.0.1772900000000.11' }, 'localhost:3000', 'http://localhost:3000');

    expect(cookie).toBe('_fbp=fb.0.1772900000000.11; Max-Age=7776000; Path=/; Secure; SameSite=Lax');
  });

  it.each([
    'fb.1.1772900000000.a; Domain=evil.test',
    'fb.1.1772900000000.a\r\nSet-Cookie: x=1',
    'fb.9.1772900000000.a',
    'fb.1.177.a',
    '',
    7,
    null,
    { fbclid: 'a' },
  ])('sets nothing for %j', (value) => {
    expect(renew(undefined, { fbp: value, fbc: value })).toEqual([]);
  });
});
