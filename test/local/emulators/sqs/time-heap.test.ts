import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeHeap } from '../../../../local/emulators/sqs/time-heap.ts';

const popAll = (heap: TimeHeap, now: number): number[] => {
  const times: number[] = [];
  for (let item = heap.popDue(now); item; item = heap.popDue(now)) times.push(item.at);
  return times;
};

const heapOf = (times: readonly number[]): TimeHeap => {
  const heap = new TimeHeap();
  for (const at of times) heap.push({ at, id: `${at}` });
  return heap;
};

describe('TimeHeap', () => {
  it('gives what is due, soonest first, and keeps the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.nat(100), (times, now) => {
        const heap = heapOf(times);

        const due = popAll(heap, now);

        const sorted = times.toSorted((a, b) => a - b);
        expect(due).toEqual(sorted.filter((at) => at <= now));
        expect(popAll(heap, 100)).toEqual(sorted.filter((at) => at > now));
        expect(heap.size).toBe(0);
      }),
    );
  });

  it('stays in order when pruned', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), (times) => {
        const heap = heapOf(times);

        heap.prune(({ at }) => at % 2 === 0);

        expect(heap.soonest).toBe(times.filter((at) => at % 2 === 0).toSorted((a, b) => a - b)[0]);
        expect(popAll(heap, 100)).toEqual(times.filter((at) => at % 2 === 0).toSorted((a, b) => a - b));
      }),
    );
  });
});
