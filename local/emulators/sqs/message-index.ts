import { FairOrder } from './fair-order.ts';
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

/** Ids, times and names of a message besides its body. */
const envelopeBytes = 300;
const bytesOf = ({ body }: Message): number => body.length + envelopeBytes;

/** Which messages there are, which of them can be seen, and when the others come back or expire. */
export class MessageIndex {
  readonly #entries = new Map<string, MovableEntry>();
  #bytes = 0;
  #now = 0;
  readonly #counts = { visible: 0, inFlight: 0, delayed: 0 };
  // These hold ids, and drop what is out of date when it comes up or becomes the majority.
  readonly #visible = new FairOrder();
  readonly #hidden = new TimeHeap();
  readonly #ages = new TimeHeap();

  /** About as many as the messages take in a journal. */
  get bytes(): number {
    return this.#bytes;
  }

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
    const { id, groupId, sentAt, delayedUntil } = message;
    this.#now = now;
    this.#visible.sent(groupId, now);
    const delayed = delayedUntil > now;
    this.#entries.set(id, { message, place: delayed ? 'delayed' : 'visible', dueAt: delayedUntil, receivedAt: 0 });
    this.#counts[delayed ? 'delayed' : 'visible'] += 1;
    this.#bytes += bytesOf(message);
    if (delayed) this.#hidden.push({ at: delayedUntil, id });
    else this.#visible.show(groupId, id);
    this.#ages.push({ at: sentAt, id });
    if (this.#ages.size > 2 * this.#entries.size + slack) this.#ages.prune((item) => this.#entries.has(item.id));
  }

  show(id: string): void {
    const entry = this.#place(id, 'visible');
    if (entry !== undefined) this.#visible.show(entry.message.groupId, id);
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
    this.#leave(entry);
    this.#bytes -= bytesOf(entry.message);
    this.#entries.delete(id);
    if (this.#visible.size > 2 * this.#counts.visible + slack) {
      this.#visible.prune(this.#isVisible);
    }
  }

  /** The message whose turn it is. It has to be hidden or removed before the next is asked for. */
  nextVisible(): Entry | undefined {
    const id = this.#visible.next(this.#isVisible, this.#now);
    return id === undefined ? undefined : this.#entries.get(id);
  }

  /**
   * Shows what has come due and removes what was sent before `oldest`.
   *
   * @returns whether anything came back into sight
   */
  catchUp(now: number, oldest: number): boolean {
    let shown = false;
    this.#now = now;
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
    if (entry.place !== place) {
      this.#leave(entry);
      this.#counts[place] += 1;
      if (place === 'inFlight') this.#visible.take(entry.message.groupId);
    }
    entry.place = place;
    return entry;
  }

  #leave({ message, place, receivedAt }: Entry): void {
    this.#counts[place] -= 1;
    if (place === 'inFlight') this.#visible.finish(message.groupId, Math.max(0, this.#now - receivedAt));
  }

  readonly #isVisible = (id: string): boolean => this.#entries.get(id)?.place === 'visible';

  #comesBack(id: string, at: number): boolean {
    const entry = this.#entries.get(id);
    return entry !== undefined && entry.place !== 'visible' && entry.dueAt === at;
  }
}
