import { describe, expect, it } from 'vitest';
import { Fifo } from '../../../shared/lib/fifo.ts';

describe('Fifo', () => {
  it('gives thousands of items in the order they came, while more come', () => {
    const fifo = new Fifo<number>();
    const given: (number | undefined)[] = [];

    for (let item = 0; item < 5000; item += 1) {
      fifo.push(item);
      if (item % 2 === 1) given.push(fifo.shift());
    }
    while (fifo.size > 0) given.push(fifo.shift());

    expect(given).toEqual(Array.from({ length: 5000 }, (_, item) => item));
    expect(fifo.shift()).toBeUndefined();
  });

  it('forgets what is pruned', () => {
    const fifo = new Fifo<number>();
    for (const item of [1, 2, 3, 4]) fifo.push(item);
    fifo.shift();

    fifo.prune((item) => item !== 3);

    expect([fifo.size, fifo.shift(), fifo.shift(), fifo.shift()]).toEqual([2, 2, 4, undefined]);
  });
});
