import { type Journal, memoryOnly, openJournal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import { Queue } from './queue.ts';
import { checkQueueAttributes, mergeQueueAttributes, type QueueAttributes } from './queue-attributes.ts';
import { allowsRedriveFrom, readRedrivePolicy } from './redrive-policy.ts';
import { invalidParameter, sqsError } from './sqs-error.ts';

export const accountId = '000000000000';

const queueName = /^[\w-]{1,80}$/;

export interface RegistryOptions {
  readonly region: string;
  readonly now: () => number;
  readonly journalFile?: string | undefined;
}

/** All queues of the account, and the journal that keeps them. */
export class QueueRegistry {
  readonly journal: Journal;
  readonly now: () => number;
  /** Origin of queue URLs; known once the server listens. */
  origin = '';
  readonly #region: string;
  readonly #queues = new Map<string, Queue>();

  /** @throws Error when the journal is in use or damaged */
  constructor({ region, now, journalFile }: RegistryOptions) {
    this.#region = region;
    this.now = now;
    if (journalFile === undefined) {
      this.journal = memoryOnly;
      return;
    }
    const { journal, state } = openJournal(journalFile, {
      records: () => this.#records(),
      bytes: () => this.bytes,
    });
    this.journal = journal;
    for (const { settings, messages } of state.values()) {
      const queue = this.#put(settings.name, settings.attributes, settings.tags, settings);
      for (const message of messages.values()) queue.add(message);
    }
  }

  url = (queue: Queue): string => `${this.origin}/${accountId}/${queue.name}`;

  /** Gives the queue of that name if it is there with the same attributes. */
  create(name: string, attributes: QueueAttributes, tags: Record<string, string>): Queue {
    if (name.endsWith('.fifo'))
      throw sqsError('UnsupportedOperation', 'FIFO queues are not emulated, only standard ones.');
    if (!queueName.test(name)) throw invalidParameter('QueueName', 'it can be 1 to 80 letters, digits, - and _');
    this.#check(name, attributes);
    const present = this.#queues.get(name);
    if (present === undefined) {
      const queue = this.#put(name, mergeQueueAttributes({}, attributes), tags);
      this.journal.append(queue.settings);
      return queue;
    }
    const different = Object.keys(attributes).find((key) => present.settings.attributes[key] !== attributes[key]);
    if (different === undefined) return present;
    throw sqsError('QueueNameExists', `The queue ${name} exists with another value for ${different}.`);
  }

  change(queue: Queue, attributes: QueueAttributes): void {
    this.#check(queue.name, attributes);
    queue.change({ attributes });
  }

  delete(queue: Queue): void {
    this.#queues.delete(queue.name);
    queue.endPolls();
    this.journal.append({ type: 'deleteQueue', name: queue.name });
  }

  list(prefix = ''): Queue[] {
    return [...this.#queues.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  sourcesOf(deadLetters: Queue): Queue[] {
    return this.list().filter(({ redrivePolicy }) => redrivePolicy?.deadLetterTargetArn === deadLetters.arn);
  }

  find(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  named(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue) return queue;
    throw sqsError('QueueDoesNotExist', `The queue ${name} does not exist.`);
  }

  at(url: string): Queue {
    const [, account, name = ''] = URL.parse(url)?.pathname.split('/') ?? [];
    if (account === accountId) return this.named(name);
    throw sqsError('QueueDoesNotExist', `There is no queue at ${url}.`);
  }

  withArn(arn: string): Queue | undefined {
    const queue = this.#queues.get(arn.slice(arn.lastIndexOf(':') + 1));
    return queue?.arn === arn ? queue : undefined;
  }

  /** About as many as all messages take in a journal. */
  get bytes(): number {
    let bytes = 0;
    for (const queue of this.#queues.values()) bytes += queue.bytes;
    return bytes;
  }

  close(): void {
    for (const queue of this.#queues.values()) queue.endPolls();
  }

  #put(
    name: string,
    attributes: QueueAttributes,
    tags: Record<string, string>,
    times = { createdAt: this.now(), modifiedAt: this.now() },
  ): Queue {
    const { createdAt, modifiedAt } = times;
    const queue = new Queue({ type: 'queue', name, attributes, tags, createdAt, modifiedAt }, this.#arn(name), {
      now: this.now,
      record: (record) => {
        // Whoever still holds on to a queue that was deleted has nothing more to say to the journal.
        if (this.#queues.get(name) === queue) this.journal.append(record);
      },
      deadLetter: (from, message, policy) => {
        const target = this.withArn(policy.deadLetterTargetArn);
        if (target === undefined) return false;
        const moved = { ...message, deadLetterSource: from.arn, receivesElsewhere: message.receiveCount };
        target.add(moved);
        this.journal.append({ type: 'move', queue: from.name, id: message.id, to: target.name, message: moved });
        return true;
      },
    });
    this.#queues.set(name, queue);
    return queue;
  }

  #check(name: string, attributes: QueueAttributes): void {
    checkQueueAttributes(attributes);
    const policy = readRedrivePolicy(attributes['RedrivePolicy']);
    if (policy === undefined) return;
    const target = this.withArn(policy.deadLetterTargetArn);
    if (target === undefined) throw invalidParameter('RedrivePolicy', 'the dead letter queue does not exist');
    const allowed = allowsRedriveFrom(target.settings.attributes['RedriveAllowPolicy'], this.#arn(name));
    if (target.name === name || !allowed) {
      throw invalidParameter('RedrivePolicy', `${target.name} does not take the dead letters of ${name}`);
    }
  }

  #arn(name: string): string {
    return `arn:aws:sqs:${this.#region}:${accountId}:${name}`;
  }

  *#records(): Generator<JournalRecord> {
    for (const queue of this.#queues.values()) {
      yield queue.settings;
    }
    for (const queue of this.#queues.values()) {
      for (const message of queue.messages()) yield { type: 'send', queue: queue.name, message };
    }
  }
}
