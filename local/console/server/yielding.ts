import { setImmediate as turn } from 'node:timers/promises';

/** Longest piece of work between two looks at the network, in milliseconds. */
const longestMs = 5;

/** Goes through items and lets requests be answered in between, so that a long walk stands in nobody's way. */
export async function eachYielding<Item>(items: Iterable<Item>, visit: (item: Item) => void): Promise<void> {
  let until = performance.now() + longestMs;
  let count = 0;
  for (const item of items) {
    visit(item);
    if (++count % 16 !== 0 || performance.now() < until) continue;
    await turn();
    until = performance.now() + longestMs;
  }
}
