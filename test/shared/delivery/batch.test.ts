import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaLimits } from '../../../shared/meta/limits.ts';
import { type Batch, Batcher } from '../../../shared/delivery/batch.ts';
import type { Destination } from '../../../shared/delivery/destination.ts';
import { destinations, main, owedOrders, type ReadyEvent } from './delivery-fixture.ts';

const second = destinations.get('second') as Destination;
const [sample] = owedOrders(1) as [ReadyEvent];
const owed = (overrides: Partial<ReadyEvent>): ReadyEvent => ({ ...sample, json: '{}', ...overrides });

/** Adds events one by one. */
function toBatches(events: readonly ReadyEvent[]): Batch[] {
  const batcher = new Batcher();
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
    const batcher = new Batcher();

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
      owed({ destination: main, testEventCode: 'T1' }),
      owed({ destination: main }),
      owed({ destination: second, testEventCode: 'T1' }),
    ];

    const batches = toBatches(events);

    expect(
      batches.map(({ destination, testEventCode, events: { length } }) => [destination.name, testEventCode, length]),
    ).toEqual([
      ['main', undefined, 2],
      ['second', undefined, 1],
      ['main', 'T1', 1],
      ['second', 'T1', 1],
    ]);
  });

  it('loses and repeats nothing, and keeps the order within a group', () => {
    const any = fc.array(
      fc.record({
        destination: fc.constantFrom(main, second),
        testEventCode: fc.constantFrom(undefined, 'T1'),
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

        for (const { destination, testEventCode, events: inside, body } of batches) {
          expect(inside.length === 1 || body.size <= metaLimits.requestBytes).toBe(true);
          expect(inside.every((each) => each.destination === destination && each.testEventCode === testEventCode)).toBe(
            true,
          );
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
