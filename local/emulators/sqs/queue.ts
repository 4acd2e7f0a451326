import type { JournalRecord, QueueRecord } from './journal-record.ts';
import { limits } from './limits.ts';
import { LongPolls } from './long-polls.ts';
import type { Message } from './message.ts';
import { type Entry, MessageIndex, type QueueCounts } from './message-index.ts';
import { mergeQueueAttributes, type NumericAttribute, type QueueAttributes } from './queue-attributes.ts';
import { readReceiptHandle, receiptHandle } from './receipt-handle.ts';
import { type RedrivePolicy, readRedrivePolicy } from './redrive-policy.ts';
import { invalidParameter, sqsError } from './sqs-error.ts';

export interface Received {
  readonly message: Message;
  readonly receiptHandle: string;
}

export interface ReceiveOptions {
  readonly max: number;
  readonly visibilitySeconds: number;
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
}

/** Effects that a queue needs from outside. */
export interface QueueSurroundings {
  now(): number;
  record(record: JournalRecord): void;
  /** Takes over a message that was received too often. False when there is nowhere to put it. */
  deadLetter(from: Queue, message: Message, policy: RedrivePolicy): boolean;
}

/** One standard queue: where each message is, and who waits for one. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly #around: QueueSurroundings;
  readonly #polls: LongPolls<Received[]>;
  #settings: QueueRecord;
  #policy: RedrivePolicy | undefined;
  readonly #index = new MessageIndex();

  constructor(settings: QueueRecord, arn: string, around: QueueSurroundings) {
    this.name = settings.name;
    this.arn = arn;
    this.#around = around;
    this.#settings = settings;
    this.#policy = readRedrivePolicy(settings.attributes['RedrivePolicy']);
    this.#polls = new LongPolls(around.now, () => this.#index.soonest);
  }

  get settings(): QueueRecord {
    return this.#settings;
  }

  get redrivePolicy(): RedrivePolicy | undefined {
    return this.#policy;
  }

  number(attribute: NumericAttribute): number {
    return Number(this.#settings.attributes[attribute]);
  }

  change({ attributes = {}, tags }: { attributes?: QueueAttributes; tags?: Record<string, string> }): void {
    this.#settings = {
      ...this.#settings,
      attributes: mergeQueueAttributes(this.#settings.attributes, attributes),
      tags: tags ?? this.#settings.tags,
      modifiedAt: this.#around.now(),
    };
    this.#policy = readRedrivePolicy(this.#settings.attributes['RedrivePolicy']);
    this.#around.record(this.#settings);
  }

  /** Counts after applying the visibility timeouts and the retention that ended since the last call. */
  counts(): QueueCounts {
    this.#catchUp();
    return this.#index.counts;
  }

  /** About as many as its messages take in a journal. */
  get bytes(): number {
    return this.#index.bytes;
  }

  messages(): Iterable<Message> {
    return this.#index.messages();
  }

  /** Adds a message. The caller has already journalled it. */
  add(message: Message): void {
    this.#index.add(message, this.#around.now());
    this.#polls.wake();
  }

  /** At most `max` messages at once, or after waiting; none when the wait ends without any. */
  async receive(options: ReceiveOptions): Promise<Received[]> {
    const take = () => {
      const taken = this.#take(options.max, options.visibilitySeconds);
      return taken.length > 0 ? taken : undefined;
    };
    if (options.signal.aborted) return [];
    return take() ?? (await this.#polls.wait(take, options.waitSeconds * 1000, options.signal)) ?? [];
  }

  /** Receives chosen messages, as far as they can be seen: no queue of AWS does that. */
  receiveChosen(ids: Iterable<string>, visibilitySeconds: number): Received[] {
    this.#catchUp();
    const received: Received[] = [];
    for (const id of ids) {
      const entry = this.#index.get(id);
      if (entry?.place === 'visible') received.push(this.#receive(entry, visibilitySeconds));
    }
    return received;
  }

  /** Undoes a receive whose answer reached nobody. */
  release(received: readonly Received[]): void {
    for (const { message } of received) {
      const entry = this.#index.get(message.id);
      if (entry?.place !== 'inFlight' || entry.message.receiveCount !== message.receiveCount) continue;
      entry.message.receiveCount -= 1;
      if (entry.message.receiveCount === 0) entry.message.firstReceivedAt = undefined;
      this.#recordReceive(entry.message);
      this.#show(message.id);
    }
  }

  /** Does nothing for a message that is gone, or that somebody received again since. */
  delete(handle: string): void {
    const receipt = readReceiptHandle(handle, this.name);
    const entry = this.#index.get(receipt.id);
    if (entry?.message.receiveCount !== receipt.receive) return;
    this.#index.remove(receipt.id);
    this.#around.record({ type: 'delete', queue: this.name, id: receipt.id });
  }

  changeVisibility(handle: string, seconds: number): void {
    this.#catchUp();
    const receipt = readReceiptHandle(handle, this.name);
    const entry = this.#index.get(receipt.id);
    if (entry?.message.receiveCount !== receipt.receive) {
      throw invalidParameter('ReceiptHandle', 'the message is gone, or was received again since');
    }
    if (entry.place !== 'inFlight') throw sqsError('MessageNotInflight', 'The message is not in flight.');
    const dueAt = this.#around.now() + seconds * 1000;
    if (dueAt - entry.receivedAt > limits.visibilitySeconds * 1000) {
      throw invalidParameter('VisibilityTimeout', 'a message can be in flight for 12 hours in total');
    }
    if (seconds === 0) this.#show(receipt.id);
    else this.#hide(receipt.id, dueAt);
  }

  /** Takes chosen messages off the queue, wherever they are: no queue of AWS does that. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      if (this.#index.get(id) === undefined) continue;
      this.#index.remove(id);
      this.#around.record({ type: 'delete', queue: this.name, id });
    }
  }

  purge(): void {
    for (const { id } of [...this.#index.messages()]) this.#index.remove(id);
    this.#around.record({ type: 'purge', queue: this.name });
  }

  /** Takes the oldest visible message out of the queue, for another one. Whoever calls records the move. */
  extract(): Message | undefined {
    this.#catchUp();
    const entry = this.#index.nextVisible();
    if (entry) this.#index.remove(entry.message.id);
    return entry?.message;
  }

  /** Answers everyone who waits, with nothing. */
  endPolls(): void {
    this.#polls.end();
  }

  #take(max: number, visibilitySeconds: number): Received[] {
    this.#catchUp();
    const taken: Received[] = [];
    while (taken.length < max) {
      const entry = this.#index.nextVisible();
      if (entry === undefined) break;
      if (!this.#isExhausted(entry)) taken.push(this.#receive(entry, visibilitySeconds));
    }
    return taken;
  }

  #receive(entry: Entry, visibilitySeconds: number): Received {
    const { message } = entry;
    const now = this.#around.now();
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    entry.receivedAt = now;
    this.#recordReceive(message);
    this.#hide(message.id, now + visibilitySeconds * 1000);
    const handle = receiptHandle({ queue: this.name, id: message.id, receive: message.receiveCount });
    // A copy: what was received stays as it was when somebody receives it again.
    return { message: { ...message }, receiptHandle: handle };
  }

  #isExhausted({ message }: Entry): boolean {
    if (this.#policy === undefined) return false;
    if (message.receiveCount - message.receivesElsewhere < this.#policy.maxReceiveCount) return false;
    if (!this.#around.deadLetter(this, message, this.#policy)) return false;
    this.#index.remove(message.id);
    return true;
  }

  #catchUp(): void {
    const now = this.#around.now();
    const shown = this.#index.catchUp(now, now - this.number('MessageRetentionPeriod') * 1000);
    // Whoever looked may have been earlier than the timer of those who wait.
    if (shown) this.#polls.wake();
  }

  #show(id: string): void {
    this.#index.show(id);
    this.#polls.wake();
  }

  #hide(id: string, dueAt: number): void {
    this.#index.hide(id, dueAt);
    this.#polls.rearm();
  }

  #recordReceive({ id, receiveCount, firstReceivedAt }: Message): void {
    this.#around.record({ type: 'receive', queue: this.name, id, count: receiveCount, firstAt: firstReceivedAt });
  }
}
