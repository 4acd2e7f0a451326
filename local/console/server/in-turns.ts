import { Fifo } from '../../../shared/lib/fifo.ts';

/** Work that may wait, done in the order it came. */
export interface Turns {
  /** Whether everything so far is done. */
  readonly isIdle: boolean;
  do(task: () => void): void;
}

/** Longest piece of work between two looks at the network, in milliseconds. */
const longestMs = 4;

/**
 * Does work between the requests that arrive, a few milliseconds at a time, so that nobody who waits for an answer waits
 * for all of it.
 *
 * @param clock milliseconds that only rise
 */
export function inTurns(clock: () => number = () => performance.now()): Turns {
  const tasks = new Fifo<() => void>();
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled || tasks.size === 0) return;
    isScheduled = true;
    setImmediate(work);
  }

  function work(): void {
    isScheduled = false;
    const until = clock() + longestMs;
    try {
      do tasks.shift()?.();
      while (tasks.size > 0 && clock() < until);
    } finally {
      schedule();
    }
  }

  return {
    get isIdle() {
      return tasks.size === 0;
    },
    do(task) {
      tasks.push(task);
      schedule();
    },
  };
}
