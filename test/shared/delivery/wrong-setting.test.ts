import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, fakeDestination } from './support/fake-destination.ts';
import { ids, SimulatedQueue } from './support/simulated-queue.ts';

/** As Graph answers where a setting is wrong, and where it does not say what is wrong with an event. */
const refused: Fault = { action: 'reject', label: 'graph_100' };
const thousand = ids(1_000);

describe('a destination that refuses everything alike', () => {
  it('is held after a few dozen requests, and gives no event up', async () => {
    const destination = fakeDestination(() => refused);
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(60);

    expect(destination.requests.length).toBeLessThanOrEqual(40);
    expect(queue.letters).toEqual([]);
    expect(queue.results[0]?.report).toMatchObject({ waiting: 1_000, dead: 0, held: [destination.name] });
    await queue.run(3_600);
    expect(destination.requests.length).toBeLessThanOrEqual(60);
  });

  it('takes all of them once the setting is mended', async () => {
    let isMended = false;
    const destination = fakeDestination(() => (isMended ? undefined : refused));
    const queue = new SimulatedQueue({ destinations: [destination], containers: 3 });

    queue.add(thousand);
    await queue.run(600);
    isMended = true;
    await queue.run(2_400);

    expect(destination.delivered.toSorted()).toEqual(thousand.toSorted());
    expect(queue.size).toBe(0);
  });
});

describe('many events that are refused alike, among good ones', () => {
  it.each<[string, (place: number) => boolean]>([
    ['every third', (place) => place % 3 === 0],
    ['two of three', (place) => place % 3 !== 0],
    ['the first 300', (place) => place < 300],
    ['all but the last 100', (place) => place < 900],
    ['all but every tenth', (place) => place % 10 !== 4],
    ['all but one', (place) => place !== 617],
  ])('become dead letters, and the good ones are delivered: %s', async (_, isBad) => {
    const bad = new Set(thousand.filter((_id, place) => isBad(place)));
    const destination = fakeDestination((given) => (given.some((id) => bad.has(id)) ? refused : undefined));
    const queue = new SimulatedQueue({ destinations: [destination] });

    queue.add(thousand);
    await queue.run(60);
    // Somebody buys something now and then.
    const later = Array.from({ length: 24 }, (__, hour) => `later-${hour}`);
    for (const id of later) {
      queue.add([id]);
      await queue.run(3_600);
    }

    const good = [...thousand.filter((id) => !bad.has(id)), ...later];
    expect(destination.delivered.toSorted()).toEqual(good.toSorted());
    expect(queue.letters.map(({ event }) => (event as { messageId: string }).messageId).toSorted()).toEqual(
      [...bad].toSorted(),
    );
    expect(queue.size).toBe(0);
  });

  it('whichever they are, cost none its outcome and none two', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 70, max: 400 }),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        fc.nat(999),
        async (count, share, seed) => {
          const isBad = (place: number): boolean => ((place * 7_919 + seed * 104_729) % 1_000) / 1_000 < share;
          const all = ids(count);
          const bad = new Set(all.filter((_, place) => isBad(place)));
          const destination = fakeDestination((given) => (given.some((id) => bad.has(id)) ? refused : undefined));
          const queue = new SimulatedQueue({ destinations: [destination], seed });

          queue.add(all);
          for (let hour = 0; hour < 24; hour++) {
            queue.add([`later-${hour}`]);
            await queue.run(3_600);
          }

          expect(destination.delivered.filter((id) => !id.startsWith('later')).toSorted()).toEqual(
            all.filter((id) => !bad.has(id)).toSorted(),
          );
          expect(queue.letters.length).toBe(bad.size);
          expect(queue.size).toBe(0);
          for (const { report } of queue.results) expect(report.balanceGap).toBe(0);
        },
      ),
      { numRuns: 40, seed: 16 },
    );
  });
});
