import type { Entry } from './entry.ts';

/** How far an entry is looked for behind the mark. */
const mostLookedAt = 100;

/**
 * The events that came under one message id, in the order they came. What is looked for is mostly the first that has not
 * got so far yet, which two marks find in constant time, however often a sender uses an id.
 */
export class Namesakes {
  #entries: Entry[];
  /** Every entry before was handed over. */
  #untaken = 0;
  /** No entry before lacked an outcome when it was looked at. */
  #open = 0;
  #forgotten = 0;

  constructor(entries: readonly Entry[]) {
    this.#entries = [...entries];
  }

  get isEmpty(): boolean {
    return this.#forgotten === this.#entries.length;
  }

  get latest(): Entry | undefined {
    return this.#entries.at(-1);
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  untaken(): Entry | undefined {
    while (this.#entries[this.#untaken]?.takenAt !== undefined) this.#untaken++;
    return this.#entries[this.#untaken];
  }

  /** The first that fits among the entries that are open, and a hundred behind the first of them. */
  open(isOpen: (entry: Entry) => boolean, fits: (entry: Entry) => boolean = isOpen): Entry | undefined {
    for (let entry = this.#entries[this.#open]; entry !== undefined && !isOpen(entry); ) {
      entry = this.#entries[++this.#open];
    }
    return this.#entries.slice(this.#open, this.#open + mostLookedAt).find(fits);
  }

  /** The first that fits among the last hundred. */
  recent(fits: (entry: Entry) => boolean): Entry | undefined {
    return this.#entries.slice(-mostLookedAt).find(fits);
  }

  /** An entry has outcomes, and then lacks one again: as when it is redriven. */
  reopened(): void {
    this.#open = Math.max(0, Math.min(this.#open, this.#entries.length - mostLookedAt));
  }

  /** One entry is marked as forgotten. */
  forgot(): void {
    this.#forgotten++;
    if (this.#forgotten * 2 < this.#entries.length) return;
    this.#entries = this.#entries.filter(({ isForgotten }) => !isForgotten);
    this.#untaken = this.#open = this.#forgotten = 0;
  }
}
