import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clickId,
  clickIdFromUrl,
  clickInUrl,
  generalClickInUrl,
  generalParts,
  namesClick,
  plainClickInUrl,
  plainParts,
  readBrowserId,
  readClickId,
} from '../../../../shared/meta/user-data/click-id.ts';

const clickedAt = new Date('2026-06-01T12:00:00.123Z');
const occurredAt = new Date('2026-11-30T11:59:00.000Z');
const day = 24 * 60 * 60 * 1_000;
const ago = (milliseconds: number): number => occurredAt.getTime() - milliseconds;
const yesterday = ago(day);
const built = (fbclid: string) => ({ id: `fb.1.${occurredAt.getTime()}.${fbclid}`, fbclid });

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
    { title: 'a query with HTML in it', url: '?a=b&amp;fbclid=Abc', fbclid: 'Abc' },
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

/** Values that no way in takes for the click of an fbclid. */
const damaged = ['IwAR0 abc"', '<script>', 'IwAR0%20abc', 'a.b', 'a+b', 'ünï', 'a/b', 'a=b'];
const nobodies = ['undefined', 'null', '[object Object]', 'None', '0', 'false', '{{fbclid}}'];

describe('clickInUrl', () => {
  it('takes letters, digits, hyphens and underscores', () => {
    expect(clickInUrl('https://shop.example/?fbclid=IwZXh0bgNhZW0_-uK_5w')).toEqual({ fbclid: 'IwZXh0bgNhZW0_-uK_5w' });
  });

  it('cuts the blanks around it', () => {
    expect(clickInUrl('https://shop.example/?fbclid=%20IwAR0abc%0A')).toEqual({ fbclid: 'IwAR0abc' });
    expect(clickInUrl('https://shop.example/?fbclid=%20')).toBeUndefined();
  });

  it.each(['fb.1.1795000000000.IwAR0abc', ...damaged])('leaves out %s', (fbclid) => {
    expect(clickInUrl(`?fbclid=${encodeURIComponent(fbclid)}`)).toEqual({ problem: 'malformed' });
  });

  it.each(nobodies)('leaves out %s, which names no click', (fbclid) => {
    expect(clickInUrl(`?fbclid=${encodeURIComponent(fbclid)}`)).toEqual({ problem: 'nobody' });
  });

  it.each([undefined, null, 42, {}, 'https://shop.example/'])('finds none in %j', (url) => {
    expect(clickInUrl(url)).toBeUndefined();
  });
});

describe('readClickId', () => {
  const whole = `fb.1.${yesterday}.Abc`;

  it.each([
    { title: 'a complete id', raw: whole },
    { title: 'blanks around it', raw: ` \t${whole}\n` },
    { title: 'quotes around it', raw: `"${whole}"` },
    { title: 'quotes and blanks around it', raw: ` '${whole} ' ` },
    { title: 'a no-break space', raw: `\u00a0${whole}` },
    { title: 'a cookie with its name', raw: `_fbc=${whole}` },
    { title: 'a Cookie header', raw: `_ga=GA1.2.3; _fbp=fb.1.${yesterday}.77; _fbc=${whole}; a=b` },
    { title: 'a quoted cookie', raw: `_fbp=x; _fbc="${whole}"` },
  ])('takes $title', ({ raw }) => {
    expect(readClickId(raw, occurredAt)).toEqual({ id: whole, fbclid: 'Abc' });
  });

  it.each(['0', '1', '2'])('takes subdomain index %s', (index) => {
    const id = `fb.${index}.${yesterday}.Abc`;

    expect(readClickId(id, occurredAt)).toEqual({ id, fbclid: 'Abc' });
  });

  it.each(['AQQCAQIB', 'Bg', 'AQ'])('keeps the appendix %s of the parameter builder', (appendix) => {
    // PostHog/posthog#92152: a fifth part made the whole value malformed.
    expect(readClickId(`${whole}.${appendix}`, occurredAt)).toEqual({ id: `${whole}.${appendix}`, fbclid: 'Abc' });
  });

  it('builds a bare fbclid with the time of the event', () => {
    // elbwalker/walkerOS#523: fbclid alone was sent as fbc.
    expect(readClickId(' IwAR0rawclickid_-x ', occurredAt)).toEqual(built('IwAR0rawclickid_-x'));
  });

  it.each([
    { title: 'its parts', raw: { fbclid: 'Abc', observed_at_ms: yesterday }, id: whole },
    { title: 'a time as text', raw: { fbclid: 'Abc', observed_at_ms: String(yesterday) }, id: whole },
    {
      title: 'the index of a cookie',
      raw: { fbclid: 'Abc', observed_at_ms: yesterday, subdomain_index: 2 },
      id: `fb.2.${yesterday}.Abc`,
    },
    { title: 'a time in seconds', raw: { fbclid: 'Abc', observed_at_ms: yesterday / 1_000 }, id: whole },
    { title: 'no time', raw: { fbclid: 'Abc' }, id: built('Abc').id },
  ])('builds $title', ({ raw, id }) => {
    expect(readClickId(raw, occurredAt)).toEqual({ id, fbclid: 'Abc' });
  });

  it.each([
    // Adsmurai-Google-Tag-Manager-Templates/adsmurai-facebook-conversions-api-client#6: 2804001 for an id without its end.
    `fb.1.${yesterday}`,
    `fb.1.${yesterday}.`,
    'fb1.1.123.abc',
    'fb.1.0.AbC',
    'fb.1.179603994.AbC',
    `fb.3.${yesterday}.AbC`,
    `fb.x.${yesterday}.AbC`,
    `FB.1.${yesterday}.AbC`,
    `fb.1.${yesterday}.fb.1.${yesterday}.AbC`,
    `fb.1.${yesterday}.AbC.nonsense1`,
    `fb.1.${yesterday}.AbC.Bg.Bg`,
    `fb.1.${yesterday}.IwAR0%20abc`,
    `fb.1.${yesterday}.undefined`,
    `fb.1.${yesterday}.${'a'.repeat(10_000)}`,
    'GA1.2.1234567890.1234567890',
    ...damaged,
  ])('leaves out "%.60s"', (raw) => {
    expect(readClickId(raw, occurredAt)).toEqual({ problem: 'malformed' });
  });

  it.each([
    { fbclid: '' },
    { fbclid: 'a b', observed_at_ms: yesterday },
    { fbclid: 'Abc', observed_at_ms: Number.NaN },
    { fbclid: 'Abc', observed_at_ms: yesterday, subdomain_index: -1 },
    { fbclid: 'Abc', observed_at_ms: yesterday, subdomain_index: 3 },
    { fbclid: { a: 1 }, observed_at_ms: yesterday },
    {},
    [],
  ])('leaves out the parts %j', (raw) => {
    expect(readClickId(raw, occurredAt)).toEqual({ problem: 'malformed' });
  });

  it.each(nobodies)('leaves out %s, which names no click', (raw) => {
    expect(readClickId(raw, occurredAt)).toEqual({ problem: 'nobody' });
  });

  it.each(['fbclid=IwAR0abc', '?a=b&fbclid=IwAR0abc', 'https://shop.example/?fbclid=+IwAR0abc+'])(
    'takes the click of %s',
    (raw) => {
      expect(readClickId(raw, occurredAt)).toEqual(built('IwAR0abc'));
    },
  );

  it.each(['""', "''", '" "'])('leaves out %s', (raw) => {
    expect(readClickId(raw, occurredAt)).toEqual({ problem: 'malformed' });
    expect(readBrowserId(raw)).toEqual({ problem: 'malformed' });
  });

  it.each([undefined, null, '', '  ', 42, true])('finds none in %j', (raw) => {
    expect(readClickId(raw, occurredAt)).toBeUndefined();
  });

  it.each([
    { title: '90 days old', at: ago(90 * day), problem: undefined },
    { title: 'a millisecond older', at: ago(90 * day + 1), problem: 'too_old' },
    { title: 'five minutes later than the event', at: ago(-5 * 60_000), problem: undefined },
    { title: 'a millisecond later than that', at: ago(-5 * 60_000 - 1), problem: 'in_future' },
  ])('takes a click $title or says why not', ({ at, problem }) => {
    // PostHog/posthog#92152: Meta rejects clicks of more than 90 days, and clicks after the conversion.
    expect(readClickId(`fb.1.${at}.Abc`, occurredAt)?.problem).toBe(problem);
  });
});

describe('readBrowserId', () => {
  const whole = `fb.1.${yesterday}.1088522659`;

  it.each([whole, ` "${whole}" `, `_fbc=x; _fbp=${whole}`])('takes %s', (raw) => {
    expect(readBrowserId(raw)?.id).toBe(whole);
  });

  it('takes one of any age, since a browser keeps its name', () => {
    expect(readBrowserId('fb.1.1596403881668.1116446470')?.id).toBe('fb.1.1596403881668.1116446470');
  });

  it.each(['fb.1.123.1', 'fb.1', 'GA1.2.3.4', '1116446470', 'FB.1.1596403881668.1'])('leaves out %s', (raw) => {
    // managed-components/facebook-pixel#2: an fbp that Meta calls invalid.
    expect(readBrowserId(raw)).toEqual({ problem: 'malformed' });
  });

  it.each(nobodies)('leaves out %s, which names no browser', (raw) => {
    expect(readBrowserId(raw)).toEqual({ problem: 'nobody' });
  });

  it.each([undefined, null, '', ' ', {}])('finds none in %j', (raw) => {
    expect(readBrowserId(raw)).toBeUndefined();
  });
});

describe('what ordinary click ids are read by', () => {
  const id = fc.oneof(
    fc.constantFrom('Abc_-1', 'null', '0', 'a%20b', 'IwAR0'.repeat(5), ''),
    fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
  );
  const piece = fc.oneof(
    fc.constantFrom('https://shop.example/', '?', '&', ';', '#', ' ', '.', 'x', 'fbclid=', 'a=b', 'gfbclid=', '/'),
    id,
  );
  const url = fc.oneof(
    fc
      .tuple(fc.constantFrom('?', '&', '', ';', 'x'), id, fc.constantFrom('', '&a=b', '#top', ' ', '/'))
      .map(([before, fbclid, behind]) => `https://shop.example/${before}fbclid=${fbclid}${behind}`),
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  );

  it('fast equals general in URLs', () => {
    fc.assert(
      fc.property(url, (text) => {
        const general = generalClickInUrl(text);
        expect(plainClickInUrl(text) ?? general).toEqual(general);
        expect(clickInUrl(text)).toEqual(general);
      }),
      { numRuns: 2_000, seed: 13_008 },
    );
  });

  it('says that a URL names a click only where it does', () => {
    fc.assert(
      fc.property(url, fc.stringMatching(/^[\w-]{1,4}$/), (text, other) => {
        const general = generalClickInUrl(text);
        const named = general !== undefined && 'fbclid' in general ? general.fbclid : other;
        expect(namesClick(text, other) && named !== other).toBe(false);
        expect(namesClick(`${text}?fbclid=${other}`, other) && generalClickInUrl(`${text}?fbclid=${other}`)).not.toBe(
          undefined,
        );
      }),
    );
    expect(namesClick('https://shop.example/?a=b&fbclid=Abc#top', 'Abc')).toBe(true);
    expect(namesClick('https://shop.example/?fbclid=Abcd', 'Abc')).toBe(false);
  });

  it('fast equals general in whole ids', () => {
    const part = fc.oneof(
      fc.constantFrom('fb', '0', '1', '2', '3', '1700000000000', '17000000000000', 'AQ', 'null'),
      id,
    );
    const whole = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
    const likely = fc
      .tuple(fc.nat(3), fc.nat(), id)
      .map(([index, time, payload]) => `fb.${index}.${1.7e12 + time}.${payload}`);

    fc.assert(
      fc.property(fc.oneof(whole, likely), (text) => {
        const general = generalParts(text);
        expect(plainParts(text) ?? general).toEqual(general);
      }),
      { numRuns: 2_000, seed: 13_008 },
    );
    expect(plainParts('fb.1.1700000000000.Abc')).toEqual({ createdAtMs: 1.7e12, payload: 'Abc' });
  });
});
