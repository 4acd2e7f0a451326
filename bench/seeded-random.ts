/** A source of numbers from 0 up to 1 that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random choices that are the same for the same seed, for events that vary and yet are the same in every run. */
export interface SeededChoices {
  /** From 0 up to, but without, `below`. */
  whole(below: number): number;
  /** True as often as `share` of one says. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** An item from the front of the list more often than one from its end. */
  pickEarly<Item>(items: readonly Item[]): Item;
  hex(length: number): string;
  digits(length: number): string;
  uuid(): string;
}

export function seededChoices(seed: number): SeededChoices {
  const next = seededRandom(seed);
  const choices: SeededChoices = {
    whole: (below) => Math.floor(next() * below),
    chance: (share) => next() < share,
    pick: (items) => itemAt(items, next()),
    pickEarly: (items) => itemAt(items, next() * next()),
    hex: (length) => Array.from({ length }, () => choices.whole(16).toString(16)).join(''),
    digits: (length) => Array.from({ length }, () => choices.whole(10)).join(''),
    uuid: () => `${choices.hex(8)}-${choices.hex(4)}-4${choices.hex(3)}-a${choices.hex(3)}-${choices.hex(12)}`,
  };
  return choices;
}

function itemAt<Item>(items: readonly Item[], share: number): Item {
  const item = items[Math.floor(share * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}
