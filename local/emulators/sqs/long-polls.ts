interface Poll<T> {
  /** Undefined when there is still nothing. */
  take(): T | undefined;
  finish(taken: T | undefined): void;
}

const longestTimerMs = 60_000;

/** Those who wait for something to be there, first come, first served. */
export class LongPolls<T> {
  readonly #now: () => number;
  readonly #nextDue: () => number | undefined;
  readonly #polls = new Set<Poll<T>>();
  #waking = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param nextDue when something will be there by itself, in epoch milliseconds */
  constructor(now: () => number, nextDue: () => number | undefined) {
    this.#now = now;
    this.#nextDue = nextDue;
  }

  /** Waits for the first result of `take`; undefined when the time is over or the waiter went away before. */
  wait(take: () => T | undefined, milliseconds: number, signal: AbortSignal): Promise<T | undefined> {
    if (milliseconds <= 0 || this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const giveUp = () => poll.finish(undefined);
      const timeout = setTimeout(giveUp, milliseconds);
      const poll: Poll<T> = {
        take,
        finish: (taken) => {
          this.#polls.delete(poll);
          clearTimeout(timeout);
          signal.removeEventListener('abort', giveUp);
          resolve(taken);
          this.rearm();
        },
      };
      signal.addEventListener('abort', giveUp);
      this.#polls.add(poll);
      this.rearm();
    });
  }

  /** Something may be there now. Served after the current step, so that what comes together is handed out together. */
  wake(): void {
    if (this.#waking || this.#polls.size === 0) return;
    this.#waking = true;
    queueMicrotask(() => {
      this.#waking = false;
      for (const poll of [...this.#polls]) {
        const taken = poll.take();
        if (taken === undefined) break;
        poll.finish(taken);
      }
      this.rearm();
    });
  }

  /** The next moment may have changed. */
  rearm(): void {
    clearTimeout(this.#timer);
    const due = this.#polls.size > 0 ? this.#nextDue() : undefined;
    if (due === undefined) return;
    const milliseconds = Math.min(Math.max(due - this.#now(), 1), longestTimerMs);
    this.#timer = setTimeout(() => this.wake(), milliseconds);
  }

  /** Lets everybody go, and nobody wait any more. */
  end(): void {
    this.#ended = true;
    for (const poll of [...this.#polls]) poll.finish(undefined);
  }
}
