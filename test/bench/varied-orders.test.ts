import { describe, expect, it } from 'vitest';
import { createBenchMapper } from '../../bench/mapper.ts';
import { createHandWrittenMapper, type ShopEvent } from '../../bench/peers/hand-written.ts';
import { seededChoices, seededRandom } from '../../bench/seeded-random.ts';
import { corpusNames, variedEvents } from '../../bench/varied-orders.ts';

const at = new Date('2026-03-01T12:00:00Z');
const eventsOf = (corpus: 'orders' | 'mixed') =>
  variedEvents(corpus, 2_000, at).map((text) => JSON.parse(text) as ShopEvent);
const share = <Item>(items: readonly Item[], is: (item: Item) => boolean): number =>
  items.filter(is).length / items.length;

describe('varied events', () => {
  it.each(corpusNames)('are the same in every run: %s', (corpus) => {
    expect(variedEvents(corpus, 50, at)).toEqual(variedEvents(corpus, 50, at));
  });

  it('end at the time that is given, one after the other', () => {
    const times = eventsOf('mixed').map(({ timestamp }) => Date.parse(timestamp));

    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBe(at.getTime() + 3);
  });

  it('are of people of whom a tenth is written outside ASCII, and who come again', () => {
    const orders = eventsOf('orders');

    expect(share(orders, ({ context }) => /[^ -~]/.test(context.traits?.firstName ?? ''))).toBeCloseTo(0.1, 1);
    expect(new Set(orders.map(({ userId }) => userId)).size).toBeLessThan(orders.length / 2);
  });

  it.each<[string, RegExp, (traits: NonNullable<ShopEvent['context']['traits']>) => string]>([
    ['phones of two countries', /^\+1 \(\d{3}\) \d{3}-\d{4}$|^\+44 20 \d{4} \d{4}$/, ({ phone }) => phone],
    ['dates with and without separators', /^\d{4}([-/]?)\d{2}\1\d{2}$/, ({ birthday }) => birthday],
    ['addresses with a space before', /^ ?[\w.]+@[\w.-]+$/, ({ email }) => email],
  ])('hold %s', (_, form, read) => {
    const texts = eventsOf('orders').flatMap(({ context }) => (context.traits ? [read(context.traits)] : []));

    expect(texts).toHaveLength(2_000);
    expect(texts.filter((text) => !form.test(text))).toEqual([]);
    expect(new Set(texts.map((text) => text.replaceAll(/\w+/g, 'x'))).size).toBeGreaterThan(1);
  });

  it('are as long as those of a browser', () => {
    const texts = variedEvents('orders', 500, at);

    expect(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length / 1_000).toBeCloseTo(2.7, 0);
  });

  it('are page views, product views and orders when mixed', () => {
    const mixed = eventsOf('mixed');

    expect(share(mixed, ({ type }) => type === 'page')).toBeCloseTo(0.5, 1);
    expect(share(mixed, ({ event }) => event === 'Product Viewed')).toBeCloseTo(0.35, 1);
    expect(share(mixed, ({ event }) => event === 'Order Completed')).toBeCloseTo(0.15, 1);
  });

  it.each(corpusNames)('become one server event each, by the mapper and by hand: %s', (corpus) => {
    const texts = variedEvents(corpus, 300, at);
    const sent = (body: Buffer) =>
      (JSON.parse(body.toString()) as { data: { event_name: string; event_id: string }[] }).data;
    const named = (body: Buffer) => sent(body).map(({ event_name: name, event_id: id }) => [name, id]);

    expect(named(createBenchMapper().body(texts))).toEqual(named(createHandWrittenMapper().body(texts)));
    expect(named(createBenchMapper().body(texts))).toHaveLength(300);
  });
});

describe('seeded choices', () => {
  it('are the same for the same seed, and others for another', () => {
    const some = (seed: number) => Array.from({ length: 5 }, () => seededChoices(seed).uuid());

    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
  });

  it('come from numbers from 0 up to 1', () => {
    const random = seededRandom(1);
    const numbers = Array.from({ length: 1_000 }, random);

    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(Math.max(...numbers)).toBeGreaterThan(0.9);
  });

  it('refuse to choose from nothing', () => {
    expect(() => seededChoices(1).pick([])).toThrow('There is nothing to choose from.');
  });
});
