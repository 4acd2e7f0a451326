import { describe, expect, it } from 'vitest';
import {
  clickId,
  clickIdFromUrl,
  clickIdFromValue,
  isBrowserId,
  isClickId,
} from '../../../../shared/meta/user-data/click-id.ts';

const clickedAt = new Date('2026-06-01T12:00:00.123Z');

describe('clickId', () => {
  it('carries the milliseconds of the click and the fbclid as it is', () => {
    expect(clickId('IwAR2F4-dbP0l7Mn_aem_X', clickedAt)).toBe('fb.1.1780315200123.IwAR2F4-dbP0l7Mn_aem_X');
  });
});

describe('clickIdFromUrl', () => {
  const long = 'x'.repeat(600);

  it.each([
    { title: 'a landing page', url: 'https://shop.example/?utm_source=fb&fbclid=IwAR-_Ab&x=1#top', fbclid: 'IwAR-_Ab' },
    { title: 'a query alone', url: '?fbclid=Abc', fbclid: 'Abc' },
    { title: 'a query without its question mark', url: 'fbclid=Abc&a=b', fbclid: 'Abc' },
    { title: 'the query of a hash route', url: 'https://shop.example/#/cart?fbclid=Abc', fbclid: 'Abc' },
    { title: 'a percent-encoded value, once', url: '?fbclid=a%2Db%252D', fbclid: 'a-b%2D' },
    { title: 'a plus sign, which stays', url: '?fbclid=a+b', fbclid: 'a+b' },
    { title: 'a broken escape, which stays', url: '?fbclid=a%zz', fbclid: 'a%zz' },
    { title: 'a long value, whole', url: `?fbclid=${long}`, fbclid: long },
    { title: 'the first of two', url: '?fbclid=first&fbclid=second', fbclid: 'first' },
  ])('reads $title', ({ url, fbclid }) => {
    expect(clickIdFromUrl(url)).toBe(fbclid);
  });

  it.each([
    '',
    'https://shop.example/',
    '?fbclid=',
    '?fbclid=&a=b',
    '?xfbclid=abc',
    '?FBCLID=abc',
    '?u=%3Ffbclid%3Dabc',
  ])('finds none in "%s"', (url) => {
    expect(clickIdFromUrl(url)).toBeUndefined();
  });
});

describe('isClickId and isBrowserId', () => {
  it.each(['fb.1.1554763741205.AbC', 'fb.0.123.a-b_c', 'fb.2.123.abc.Bg', 'fb.1.1596403881668.1116446470.AQQAAQIB'])(
    'accept %s',
    (value) => {
      expect(isClickId(value)).toBe(true);
      expect(isBrowserId(value)).toBe(true);
    },
  );

  it.each([
    '',
    'fb.1.123',
    'fb.1.123.',
    'fb.1.abc.def',
    'fb.x.123.def',
    'FB.1.123.def',
    'fb.1.123.abc.nonsense1',
    'fb.1.123.abc.Bg.Bg',
    'fb.1.123.a b',
    'fb.1.123.abc\n',
    ` fb.1.123.abc`,
    `fb.1.123.${'a'.repeat(10_000)}`,
  ])('refuse "%.30s"', (value) => {
    expect(isClickId(value)).toBe(false);
    expect(isBrowserId(value)).toBe(false);
  });
});

describe('clickIdFromValue', () => {
  it.each([
    { title: 'a complete id', value: 'fb.1.123.Abc', fbc: 'fb.1.123.Abc' },
    { title: 'an id between blanks', value: ' fb.1.123.Abc ', fbc: 'fb.1.123.Abc' },
    { title: 'its parts', value: { fbclid: 'Abc', observed_at_ms: 1_700_000_000_123 }, fbc: 'fb.1.1700000000123.Abc' },
    {
      title: 'its parts with the index of a cookie',
      value: { fbclid: 'Abc', observed_at_ms: 1_700_000_000_123, subdomain_index: 2 },
      fbc: 'fb.2.1700000000123.Abc',
    },
    {
      title: 'a time in seconds',
      value: { fbclid: 'Abc', observed_at_ms: 1_700_000_000 },
      fbc: 'fb.1.1700000000000.Abc',
    },
  ])('takes $title', ({ value, fbc }) => {
    expect(clickIdFromValue(value)).toBe(fbc);
  });

  it.each([
    undefined,
    null,
    42,
    'IwAR2F4',
    [],
    {},
    { fbclid: 'Abc' },
    { fbclid: '', observed_at_ms: 1_700_000_000_123 },
    { fbclid: 'Abc', observed_at_ms: Number.NaN },
    { fbclid: 'Abc', observed_at_ms: 1_700_000_000_123, subdomain_index: -1 },
  ])('makes nothing of %j', (value) => {
    expect(clickIdFromValue(value)).toBeUndefined();
  });
});
