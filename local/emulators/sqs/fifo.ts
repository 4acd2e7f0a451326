/** First in, first out, in constant time; an array's own `shift` moves every element. */
export class Fifo<T> {
  #items: T[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (this.#head < this.#items.length) this.#head += 1;
    if (this.#head > 1000 && this.#head * 2 > this.#items.length) this.prune(() => true);
    return item;
  }

  /** Forgets the items that are no longer wanted. */
  prune(isWanted: (item: T) => boolean): void {
    this.#items = this.#items.slice(this.#head).filter(isWanted);
    this.#head = 0;
  }
}
