import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaLimits } from '../../../shared/meta/limits.ts';
import { type Batch, Batcher } from '../../../shared/delivery/batch.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { DestinationHealth } from '../../../shared/delivery/destination-health.ts';
import { now } from '../../support/factories.ts';
import {
  destinations,
  main as compiledMain,
  owedOrders,
  type ReadyEvent,
  retryAfter,
  sendingTo,
} from './delivery-fixture.ts';

const main = sendingTo(compiledMain);
const freshBatcher = (): Batcher => new Batcher(new DestinationHealth(() => now), now);

const second = sendingTo(destinations.get('second') as CompiledDestination);
const [sample] = owedOrders(1) as [ReadyEvent];
const owed = (overrides: Partial<ReadyEvent>): ReadyEvent => ({ ...sample, json: '{}', ...overrides });

/** Adds events one by one. */
function toBatches(events: readonly ReadyEvent[]): Batch[] {
  const batcher = freshBatcher();
  const full = events.flatMap((event) => batcher.add(event, event.json) ?? []);
  return [...full, ...batcher.rest()];
}

const sizes = (events: readonly ReadyEvent[]): number[] => toBatches(events).map((batch) => batch.events.length);

describe('Batcher', () => {
  it('makes nothing of nothing', () => {
    expect(toBatches([])).toEqual([]);
  });

  it.each([
    [1_000, [1_000]],
    [1_001, [1_000, 1]],
    [2_500, [1_000, 1_000, 500]],
  ])('cuts %i events at what Meta takes', (count, expected) => {
    expect(sizes(Array.from({ length: count }, () => owed({})))).toEqual(expected);
  });

  it('hands a batch out with the event that fills it', () => {
    const batcher = freshBatcher();

    const handedOut = Array.from({ length: 1_000 }, () => batcher.add(owed({}), '{}'));

    expect(handedOut.slice(0, -1)).toEqual(Array.from({ length: 999 }, () => undefined));
    expect(handedOut.at(-1)?.events).toHaveLength(1_000);
    expect(batcher.rest()).toEqual([]);
  });

  it('cuts at a number of bytes, not of characters', () => {
    const json = `"${'é'.repeat(metaLimits.requestBytes / 5)}"`;

    expect(sizes(Array.from({ length: 5 }, () => owed({ json })))).toEqual([2, 2, 1]);
  });

  it('gives an event that is larger by itself a batch of its own', () => {
    const huge = owed({ json: 'x'.repeat(metaLimits.requestBytes + 1) });

    expect(sizes([owed({}), huge, owed({})])).toEqual([1, 1, 1]);
  });

  it('keeps apart what a request has only once', () => {
    const events = [
      owed({ destination: main }),
      owed({ destination: second }),
      owed({ destination: main, partition: 'T1' }),
      owed({ destination: main }),
      owed({ destination: second, partition: 'T1' }),
    ];

    const batches = toBatches(events);

    expect(
      batches.map(({ destination, partition, events: { length } }) => [destination.name, partition, length]),
    ).toEqual([
      ['main', undefined, 2],
      ['second', undefined, 1],
      ['main', 'T1', 1],
      ['second', 'T1', 1],
    ]);
  });

  it('cuts at a literal four million bytes', () => {
    const json = 'x'.repeat(1_999_999);

    expect(sizes([owed({ json }), owed({ json }), owed({ json: '{}' })])).toEqual([2, 1]);
    expect(sizes([owed({ json }), owed({ json: `${json}x` })])).toEqual([2]);
    expect(sizes([owed({ json }), owed({ json: `${json}xx` })])).toEqual([1, 1]);
  });

  it.each([
    ['that failed together in requests of that size', [250, 250, 250], [3]],
    ['that failed alone, alone', [1, 1], [1, 1]],
    ['that failed together apart from all others', [250, undefined, 250], [2, 1]],
  ])('sends events %s', (_, limits, expected) => {
    const events = limits.map((largestRequest) =>
      owed(largestRequest === undefined ? {} : { retry: retryAfter(2, { largestRequest }) }),
    );

    expect(sizes(events)).toEqual(expected);
  });

  it('never puts more events that failed together into a request than may be', () => {
    const events = Array.from({ length: 10 }, () => owed({ retry: retryAfter(2, { largestRequest: 4 }) }));

    expect(sizes(events)).toEqual([4, 4, 2]);
  });

  it('gives a source whose events keep being refused batches of its own', () => {
    const health = new DestinationHealth(() => now);
    for (let event = 0; event < 3; event++) health.conduct.refused('main', 'outlet', now.getTime());
    const batcher = new Batcher(health, now);

    for (const source of ['shop', 'outlet', 'shop', 'outlet']) batcher.add(owed({ source }), '{}');

    expect(batcher.rest().map(({ events }) => events.map(({ source }) => source))).toEqual([
      ['shop', 'shop'],
      ['outlet', 'outlet'],
    ]);
  });

  it('makes smaller requests for a destination that could not work through a large one', () => {
    const health = new DestinationHealth(() => now);
    health.sizes.tooLarge('main', 1_000);
    const batcher = new Batcher(health, now);

    const full = Array.from({ length: 251 }, () => batcher.add(owed({}), '{}')).flatMap((batch) => batch ?? []);

    expect(full.map(({ events }) => events.length)).toEqual([250]);
  });

  it('loses and repeats nothing, and keeps the order within a group', () => {
    const any = fc.array(
      fc.record({
        destination: fc.constantFrom(main, second),
        partition: fc.constantFrom(undefined, 'T1'),
        share: fc.constantFrom(0, 0.3, 0.7),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(any, (list) => {
        const events = list.map(({ share, ...rest }, index) =>
          owed({ ...rest, json: `${index} `.padEnd(share * metaLimits.requestBytes, '.') }),
        );

        const batches = toBatches(events);

        for (const { destination, partition, events: inside } of batches) {
          expect(
            inside.length === 1 ||
              inside.reduce((bytes, each) => bytes + Buffer.byteLength((each as ReadyEvent).json) + 1, -1) <=
                metaLimits.requestBytes,
          ).toBe(true);
          expect(inside.every((each) => each.destination === destination && each.partition === partition)).toBe(true);
          const places = inside.map((event) => (events as readonly unknown[]).indexOf(event));
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
        const all = batches.flatMap((batch) => batch.events);
        expect(all).toHaveLength(events.length);
        expect(new Set(all)).toEqual(new Set(events));
      }),
      { numRuns: 50 },
    );
  });
});
