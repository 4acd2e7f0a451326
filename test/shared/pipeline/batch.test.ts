import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaLimits } from '../../../shared/meta/limits.ts';
import { type OwedEvent, toBatches } from '../../../shared/pipeline/batch.ts';
import type { Destination } from '../../../shared/pipeline/destination.ts';
import { destinations, main, owedOrders } from './delivery-fixture.ts';

const second = destinations.get('second') as Destination;
const [sample] = owedOrders(1) as [OwedEvent];
const owed = (overrides: Partial<OwedEvent>): OwedEvent => ({ ...sample, json: '{}', ...overrides });
const sizes = (events: readonly OwedEvent[]): number[] => toBatches(events).map((batch) => batch.events.length);

describe('toBatches', () => {
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

  it('cuts at a number of bytes, not of characters', () => {
    const json = `"${'é'.repeat(200_000)}"`;

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
        bytes: fc.constantFrom(10, 300_000, 700_000),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(any, (list) => {
        const events = list.map(({ bytes, ...rest }, index) => owed({ ...rest, json: `${index} `.padEnd(bytes, '.') }));

        const batches = toBatches(events);

        for (const { destination, testEventCode, events: inside } of batches) {
          const bytes = inside.reduce((sum, { json }) => sum + json.length + 1, 0);
          expect(inside.length === 1 || bytes <= metaLimits.requestBytes).toBe(true);
          expect(inside.every((each) => each.destination === destination && each.testEventCode === testEventCode)).toBe(
            true,
          );
          expect(inside).toEqual(inside.toSorted((a, b) => events.indexOf(a) - events.indexOf(b)));
        }
        const all = batches.flatMap((batch) => batch.events);
        expect(all).toHaveLength(events.length);
        expect(new Set(all)).toEqual(new Set(events));
      }),
      { numRuns: 50 },
    );
  });
});
