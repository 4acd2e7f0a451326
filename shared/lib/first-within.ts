/** The first items whose sizes together stay within a limit; one at least, unless there is none. */
export function firstWithin<Item>(
  items: readonly Item[],
  limit: number,
  sizeOf: (item: Item) => number,
): readonly Item[] {
  let size = 0;
  let end = 0;
  for (const item of items) {
    size += sizeOf(item);
    if (size > limit && end > 0) break;
    end++;
  }
  return items.slice(0, end);
}
