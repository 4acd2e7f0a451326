/** A count with its noun: `1 event`, `2 events`, `3,000 events`. */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : many}`;

/** Names in a sentence, after a verb that fits their number: `there is main`, `there are main, shop`. */
export const thereAre = (names: readonly string[]): string =>
  names.length === 0 ? 'there is none' : `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
