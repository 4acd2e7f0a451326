import { describe, expect, it } from 'vitest';
import { clickIds, clickIn, type IdStore } from '../../../browser/click-ids.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 10, 12);

/** A browser that takes cookies for the names below a public suffix, and keeps them as browsers do. */
function browser(hostname: string, publicSuffix: string, cookies: Record<string, string> = {}) {
  const jar = new Map(Object.entries(cookies));
  const kept = new Map<string, string>();
  const written: string[] = [];
  const document = {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    set cookie(text: string) {
      const [pair = '', ...attributes] = text.split(';');
      const [name = '', value = ''] = pair.split('=');
      const domain = attributes.find((each) => each.startsWith('domain='))?.slice(7);
      if (domain === publicSuffix && hostname !== domain) return;
      written.push(text);
      jar.set(name, value);
    },
  };
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const store: IdStore = { document, storage, location: { hostname, protocol: 'https:' } };
  return { store, jar, written };
}

describe('clickIn', () => {
  it.each([
    ['?fbclid=IwAR2F4-Ab_c', 'IwAR2F4-Ab_c'],
    ['?utm=1&fbclid=AbC&x=2', 'AbC'],
    ['?xfbclid=AbC', undefined],
    ['?fbclid=', undefined],
    ['', undefined],
  ])('of %j is %j', (search, fbclid) => {
    expect(clickIn(search, now)).toBe(fbclid && `${now}.${fbclid}`);
  });
});

describe('clickIds', () => {
  it('makes both by the rules of the Pixel: domain, milliseconds, letter case', () => {
    const { store, written } = browser('www.shop.example', 'example');

    const { fbc, fbp } = clickIds(store, clickIn('?fbclid=IwAR2F4-Ab_c', now), now, true);

    expect(fbc).toBe(`fb.1.${now}.IwAR2F4-Ab_c`);
    expect(fbp).toMatch(new RegExp(`^fb\\.1\\.${now}\\.\\d{6,10}$`));
    expect(written).toEqual(
      [
        `_fbp=${fbp};domain=shop.example;path=/;max-age=7776000;samesite=lax;secure`,
        `_fbc=${fbc};domain=shop.example;path=/;max-age=7776000;samesite=lax;secure`,
      ].sort((one) => (one.startsWith('_fbc') ? -1 : 1)),
    );
  });

  it.each([
    ['www.shop.co.uk', 'co.uk', 2],
    ['localhost', 'none', 0],
  ])('writes to the widest domain that takes cookies: %s', (hostname, suffix, index) => {
    const { store } = browser(hostname, suffix);
    // A browser refuses "uk" as well.
    const { document } = store;
    const refusing: IdStore = {
      ...store,
      document: {
        get cookie() {
          return document.cookie;
        },
        set cookie(text: string) {
          if (!text.includes('domain=uk;')) document.cookie = text;
        },
      },
    };

    expect(clickIds(refusing, `${now}.AbC`, now, true).fbc).toBe(`fb.${index}.${now}.AbC`);
  });

  it('keeps the time of the first sight, days later and from another page', () => {
    const { store, jar } = browser('shop.example', 'example');
    clickIds(store, `${now}.AbC`, now, true);
    jar.delete('_fbc');

    expect(clickIds(store, undefined, now + 8 * day, true).fbc).toBe(`fb.1.${now}.AbC`);
    expect(clickIds(store, `${now + 9 * day}.AbC`, now + 9 * day, true).fbc).toBe(`fb.1.${now}.AbC`);
  });

  it('forgets a click after 90 days', () => {
    const { store, jar } = browser('shop.example', 'example');
    clickIds(store, `${now}.AbC`, now, true);
    jar.clear();

    expect(clickIds(store, undefined, now + 91 * day, true).fbc).toBeUndefined();
  });

  it('lets the newest click win, also when the page of an older one is loaded again', () => {
    const { store, jar } = browser('shop.example', 'example');
    clickIds(store, `${now}.First`, now, true);
    clickIds(store, `${now + 1_000}.Second`, now + 1_000, true);

    expect(clickIds(store, `${now + 2_000}.First`, now + 2_000, true).fbc).toBe(`fb.1.${now + 1_000}.Second`);
    expect(jar.get('_fbc')).toBe(`fb.1.${now + 1_000}.Second`);
  });

  it("leaves the Pixel's cookies alone, a newer click of theirs and an appendix included", () => {
    const pixels = { _fbp: 'fb.1.1772900000000.1116446470', _fbc: `fb.1.${now + 5}.Newer.AQQCAQIB` };
    const { store, written } = browser('shop.example', 'example', pixels);

    expect(clickIds(store, `${now}.Older`, now + 10, true)).toEqual({ fbp: pixels._fbp, fbc: pixels._fbc });
    expect(written).toEqual([]);
  });

  it('only reads where nothing may be written', () => {
    const { store, jar, written } = browser('shop.example', 'example');

    expect(clickIds(store, `${now}.AbC`, now, false)).toEqual({ fbc: `fb.1.${now}.AbC`, fbp: undefined });
    expect([jar.size, written]).toEqual([0, []]);
  });

  it('does without storage', () => {
    const { store } = browser('shop.example', 'example');

    expect(clickIds({ ...store, storage: undefined }, `${now}.AbC`, now, true).fbc).toBe(`fb.1.${now}.AbC`);
  });
});
