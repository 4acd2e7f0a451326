import { Fifo } from './fifo.ts';
import type { Message } from './message.ts';
import { TimeHeap } from './time-heap.ts';

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** A message in its place. */
export interface Entry {
  readonly message: Message;
  readonly place: keyof QueueCounts;
  /** When a message out of sight comes back. */
  readonly dueAt: number;
  /** Of the latest receive. */
  receivedAt: number;
}

type MovableEntry = { -readonly [Key in keyof Entry]: Entry[Key] };

/** Dead items an order may hold before it is worth a clean-up. */
const slack = 1000;

/** Which messages there are, which of them can be seen, and when the others come back or expire. */
export class MessageIndex {
  readonly #entries = new Map<string, MovableEntry>();
  readonly #counts = { visible: 0, inFlight: 0, delayed: 0 };
  // These hold ids, and drop what is out of date when it comes up or becomes the majority.
  readonly #visible = new Fifo<string>();
  readonly #hidden = new TimeHeap();
  readonly #ages = new TimeHeap();

  get counts(): QueueCounts {
    return { ...this.#counts };
  }

  /** When the next hidden message comes back, at the earliest. */
  get soonest(): number | undefined {
    return this.#hidden.soonest;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  messages(): Iterable<Message> {
    return this.#entries.values().map(({ message }) => message);
  }

  add(message: Message, now: number): void {
    const { id, sentAt, delayedUntil } = message;
    const delayed = delayedUntil > now;
    this.#entries.set(id, { message, place: delayed ? 'delayed' : 'visible', dueAt: delayedUntil, receivedAt: 0 });
    this.#counts[delayed ? 'delayed' : 'visible'] += 1;
    if (delayed) this.#hidden.push({ at: delayedUntil, id });
    else this.#visible.push(id);
    this.#ages.push({ at: sentAt, id });
    if (this.#ages.size > 2 * this.#entries.size + slack) this.#ages.prune((item) => this.#entries.has(item.id));
  }

  show(id: string): void {
    if (this.#place(id, 'visible')) this.#visible.push(id);
  }

  /** Puts a message in flight, or leaves it there for another time. */
  hide(id: string, dueAt: number): void {
    const entry = this.#place(id, 'inFlight');
    if (entry === undefined) return;
    entry.dueAt = dueAt;
    this.#hidden.push({ at: dueAt, id });
    const live = this.#counts.delayed + this.#counts.inFlight;
    if (this.#hidden.size > 2 * live + slack) this.#hidden.prune((item) => this.#comesBack(item.id, item.at));
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#counts[entry.place] -= 1;
    this.#entries.delete(id);
    if (this.#visible.size > 2 * this.#counts.visible + slack) {
      this.#visible.prune((one) => this.#entries.get(one)?.place === 'visible');
    }
  }

  /** The message that is visible for longest. It has to be hidden or removed before the next is asked for. */
  nextVisible(): Entry | undefined {
    for (let id = this.#visible.shift(); id !== undefined; id = this.#visible.shift()) {
      const entry = this.#entries.get(id);
      if (entry?.place === 'visible') return entry;
    }
    return undefined;
  }

  /**
   * Shows what has come due and removes what was sent before `oldest`.
   *
   * @returns whether anything came back into sight
   */
  catchUp(now: number, oldest: number): boolean {
    let shown = false;
    for (let item = this.#hidden.popDue(now); item; item = this.#hidden.popDue(now)) {
      if (!this.#comesBack(item.id, item.at)) continue;
      this.show(item.id);
      shown = true;
    }
    for (let item = this.#ages.popDue(oldest); item; item = this.#ages.popDue(oldest)) this.remove(item.id);
    return shown;
  }

  #place(id: string, place: Entry['place']): MovableEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#counts[entry.place] -= 1;
    this.#counts[place] += 1;
    entry.place = place;
    return entry;
  }

  #comesBack(id: string, at: number): boolean {
    const entry = this.#entries.get(id);
    return entry !== undefined && entry.place !== 'visible' && entry.dueAt === at;
  }
}
