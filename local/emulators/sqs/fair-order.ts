import { Fifo } from '../../../shared/lib/fifo.ts';

/** A message in sight; the lower its turn, the longer it has been there. */
interface Waiting {
  readonly id: string;
  readonly turn: number;
}

/** Messages that share a `MessageGroupId`: a tenant of the queue. */
interface Group {
  readonly visible: Fifo<Waiting>;
  inFlight: number;
  /** Time that consumers spent on it lately, in milliseconds, fading. */
  busyMs: number;
  lastSentAt: number;
  isNoisy: boolean;
}

/** SQS's figures; it calls them approximate. */
const noisy = { inFlightShare: 0.1, inFlight: 30, busyShare: 0.1, quietAfterMs: 300_000 } as const;
/** Time after which half of a consumer's time is forgotten. SQS says "recent". */
const halfLifeMs = 60_000;
/** Least time in sum that says anything: two messages handled in a millisecond are no load. */
const leastBusyMs = 1_000;
/** Of the messages without a group. Each is a tenant of its own, so none is noisy. */
const ungrouped = '';

/**
 * The order in which a standard queue hands out its messages: oldest first, but those of noisy groups after all others, and
 * among noisy groups the one with the fewest messages in flight first. So who floods a queue waits in its own backlog. A
 * group becomes noisy by its share of the messages in flight or of the consumers' time, and quiet once its backlog is gone or
 * it sent nothing for five minutes.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 */
export class FairOrder {
  readonly #groups = new Map<string, Group>();
  #turns = 0;
  #size = 0;
  #inFlight = 0;
  #busyMs = 0;
  #fadedAt = 0;

  /** Of the entries, those of messages that are no longer in sight included. */
  get size(): number {
    return this.#size;
  }

  /** A message was sent to the queue, wherever it is now. */
  sent(name: string | undefined, now: number): void {
    this.#group(name).lastSentAt = now;
  }

  /** A message came into sight. */
  show(name: string | undefined, id: string): void {
    this.#group(name).visible.push({ id, turn: this.#turns++ });
    this.#size++;
  }

  /** A message was handed out. */
  take(name: string | undefined): void {
    this.#inFlight++;
    this.#group(name).inFlight++;
  }

  /** A message is not in flight any more. @param busyMs how long it was */
  finish(name: string | undefined, busyMs: number): void {
    const group = this.#group(name);
    this.#inFlight--;
    group.inFlight--;
    group.busyMs += busyMs;
    this.#busyMs += busyMs;
  }

  /** The message whose turn it is, which leaves the order. */
  next(isVisible: (id: string) => boolean, now: number): string | undefined {
    this.#fade(now);
    let best: Group | undefined;
    for (const [name, group] of this.#groups) {
      while (group.visible.first !== undefined && !isVisible(group.visible.first.id)) this.#shift(group);
      if (group.visible.first === undefined) {
        group.isNoisy = false;
        if (isForgettable(group, now)) this.#groups.delete(name);
        continue;
      }
      group.isNoisy = name !== ungrouped && this.#isNoisy(group, now);
      if (best === undefined || comesBefore(group, best)) best = group;
    }
    return best && this.#shift(best)?.id;
  }

  /** Forgets the messages that are no longer in sight. */
  prune(isVisible: (id: string) => boolean): void {
    this.#size = 0;
    for (const { visible } of this.#groups.values()) {
      visible.prune(({ id }) => isVisible(id));
      this.#size += visible.size;
    }
  }

  #isNoisy(group: Group, now: number): boolean {
    if (now - group.lastSentAt >= noisy.quietAfterMs) return false;
    if (group.isNoisy) return true;
    return (
      (group.inFlight >= noisy.inFlight && group.inFlight > noisy.inFlightShare * this.#inFlight) ||
      (this.#busyMs >= leastBusyMs && group.busyMs > noisy.busyShare * this.#busyMs)
    );
  }

  #shift(group: Group): Waiting | undefined {
    this.#size--;
    return group.visible.shift();
  }

  /** In steps, since each looks at every group. */
  #fade(now: number): void {
    const passedMs = now - this.#fadedAt;
    if (passedMs < halfLifeMs / 60) return;
    const share = 0.5 ** (passedMs / halfLifeMs);
    this.#busyMs *= share;
    for (const group of this.#groups.values()) group.busyMs *= share;
    this.#fadedAt = now;
  }

  #group(name = ungrouped): Group {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const group: Group = { visible: new Fifo(), inFlight: 0, busyMs: 0, lastSentAt: 0, isNoisy: false };
    this.#groups.set(name, group);
    return group;
  }
}

const isForgettable = ({ inFlight, busyMs, lastSentAt }: Group, now: number): boolean =>
  inFlight === 0 && busyMs < 1 && now - lastSentAt >= noisy.quietAfterMs;

function comesBefore(one: Group, other: Group): boolean {
  if (one.isNoisy !== other.isNoisy) return other.isNoisy;
  if (one.isNoisy && one.inFlight !== other.inFlight) return one.inFlight < other.inFlight;
  return (one.visible.first?.turn ?? 0) < (other.visible.first?.turn ?? 0);
}
