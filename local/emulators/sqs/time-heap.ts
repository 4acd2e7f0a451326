interface Item {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
}

/** Ids ordered by a time, soonest first. Keeps no link to what an id stands for: the reader drops what is out of date. */
export class TimeHeap {
  #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  get soonest(): number | undefined {
    return this.#items[0]?.at;
  }

  push(item: Item): void {
    let index = this.#items.push(item) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#items[parentIndex];
      if (parent === undefined || parent.at <= item.at) break;
      this.#items[index] = parent;
      index = parentIndex;
    }
    this.#items[index] = item;
  }

  /** Removes and returns the soonest item if its time has come. */
  popDue(now: number): Item | undefined {
    const first = this.#items[0];
    if (first === undefined || first.at > now) return undefined;
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return first;
  }

  /** Forgets the items that are no longer wanted; for when they may be the majority. */
  prune(isWanted: (item: Item) => boolean): void {
    // An array in ascending order is a heap.
    this.#items = this.#items.filter(isWanted).sort((a, b) => a.at - b.at);
  }

  #sink(item: Item): void {
    let index = 0;
    for (;;) {
      const leftIndex = 2 * index + 1;
      const left = this.#items[leftIndex];
      const right = this.#items[leftIndex + 1];
      if (left === undefined) break;
      const [child, childIndex] =
        right !== undefined && right.at < left.at ? [right, leftIndex + 1] : [left, leftIndex];
      if (child.at >= item.at) break;
      this.#items[index] = child;
      index = childIndex;
    }
    this.#items[index] = item;
  }
}
