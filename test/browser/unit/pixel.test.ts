import { describe, expect, it } from 'vitest';
import {
  type Fbq,
  isInitialised,
  openPixel,
  type PixelWindow,
  type Sighting,
  watchPixel,
} from '../../../browser/pixel.ts';

/** Meta's script as far as it concerns the queue: it takes what waits past its own `callMethod`. */
function load(page: PixelWindow): unknown[][] {
  const taken: unknown[][] = [];
  const fbq = page.fbq as Fbq;
  fbq.callMethod = (...call) => void taken.push(call);
  for (const call of fbq.queue?.splice(0) ?? []) taken.push(Array.from(call));
  return taken;
}

describe('openPixel', () => {
  it('keeps calls until the script takes them, in order', () => {
    const page: PixelWindow = {};
    const urls: string[] = [];

    const fbq = openPixel(page, (url) => urls.push(url));
    fbq('init', '1');
    const taken = load(page);
    fbq('track', 'PageView');

    expect(urls).toEqual(['https://connect.facebook.net/en_US/fbevents.js']);
    expect(taken).toEqual([
      ['init', '1'],
      ['track', 'PageView'],
    ]);
    expect(page._fbq).toBe(fbq);
  });

  it("uses the page's own", () => {
    const page: PixelWindow = { fbq: () => {} };

    expect(openPixel(page, () => expect.fail('loads a second one'))).toBe(page.fbq);
  });
});

describe('isInitialised', () => {
  // A second init of a dataset is a fault to the Pixel: facebook/GoogleTagManager-WebTemplate-For-FacebookPixel#38.
  it.each([
    ['by the script', { getState: () => ({ pixels: [{ id: 42 }] }) }],
    ['by a call that waits', { queue: [['init', '42']] }],
  ])('sees a dataset that the page initialised, %s', (_, more) => {
    const fbq: Fbq = Object.assign(() => {}, more);

    expect([isInitialised(fbq, '42'), isInitialised(fbq, '43')]).toEqual([true, false]);
  });
});

describe('watchPixel', () => {
  const watched = (page: PixelWindow): Sighting[] => {
    const seen: Sighting[] = [];
    watchPixel(
      openPixel(page, () => {}),
      (sighting) => seen.push(sighting),
      () => 7,
    );
    return seen;
  };

  it('sees the events of the page and of others, with their ids and nothing else', () => {
    const page: PixelWindow = {};
    const seen = watched(page);
    page.fbq?.('track', 'Purchase', { value: 1, email: 'a@b.c' }, { eventID: 'o-1' });
    page.fbq?.('init', '42');
    load(page);
    page.fbq?.('trackSingleCustom', '42', 'Quiz', {}, { eventID: 'q-1' });
    page.fbq?.('track', 'PageView');

    expect(seen).toEqual([
      ['Purchase', 'o-1', 7],
      ['Quiz', 'q-1', 7],
      ['PageView', undefined, 7],
    ]);
  });

  it('sees nothing where a blocker keeps the script away', () => {
    const page: PixelWindow = {};
    const seen = watched(page);

    page.fbq?.('track', 'Purchase', {}, { eventID: 'o-1' });

    expect(seen).toEqual([]);
  });
});
