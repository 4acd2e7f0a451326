import { sqsLimits } from '../queue/message.ts';
import type { Failure } from './outcome.ts';

/** The longest delay that SQS takes. */
export const longestDelaySeconds = sqsLimits.delaySeconds;

const schedules = {
  retry: { baseSeconds: 2, capSeconds: longestDelaySeconds },
  throttle: { baseSeconds: 60, capSeconds: longestDelaySeconds },
  defer: { baseSeconds: 0, capSeconds: 0 },
  reject: { baseSeconds: longestDelaySeconds, capSeconds: longestDelaySeconds },
} as const satisfies Partial<Record<Failure['action'], object>>;

/** For so long a person is expected to be at work on a held destination: everything comes back within minutes. */
const soonMendedSeconds = 3_600;
const soonMended = { leastSeconds: 15, mostSeconds: 240 };

export interface Tries {
  /** Tries so far, from 1; nothing counts that was not sent. */
  readonly attempt: number;
  /** Since the event failed first, or since its destination is held. */
  readonly sinceSeconds: number;
}

/** Longest wait of an event whose destination has been held for so long. */
export const longestHoldSeconds = (sinceSeconds: number): number =>
  sinceSeconds < soonMendedSeconds
    ? Math.min(soonMended.mostSeconds, Math.max(soonMended.leastSeconds, sinceSeconds / 2))
    : longestDelaySeconds;

/**
 * Seconds until an event's next try: exponential with full jitter. Where the destination said when to come back, that long
 * and a growing jitter on top, so that everybody does not come back at once. Events that are not sent while a destination
 * is held or away come back the later, the longer that lasts.
 *
 * @param random from 0 up to 1
 * @param limitSeconds no delay is longer
 */
export function delaySeconds(
  failure: Pick<Failure, 'action' | 'retryAfterSeconds' | 'unsent'>,
  { attempt, sinceSeconds }: Tries,
  random: number,
  limitSeconds: number = longestDelaySeconds,
): number {
  const delay = failure.retryAfterSeconds === undefined ? ownDelay() : wished(failure.retryAfterSeconds);
  return Math.max(1, Math.min(limitSeconds, longestDelaySeconds, delay));

  function ownDelay(): number {
    const { action } = failure;
    // After an hour nothing is gained by coming back sooner: each time has its price.
    if (action === 'hold') return isLongHeld() ? longestDelaySeconds : spread(longestHoldSeconds(sinceSeconds));
    if (action === 'retry' && failure.unsent)
      return spread(Math.min(soonMended.mostSeconds, Math.max(2, sinceSeconds / 2)));
    const { baseSeconds, capSeconds } = schedules[action];
    return 1 + Math.floor(random * Math.min(capSeconds, baseSeconds * growth()));
  }

  function wished(seconds: number): number {
    const cap = failure.action === 'hold' ? longestDelaySeconds : schedules[failure.action].capSeconds;
    return Math.ceil(seconds) + Math.floor(random * Math.min(cap, growth()));
  }

  function isLongHeld(): boolean {
    return sinceSeconds >= soonMendedSeconds;
  }

  function growth(): number {
    return 2 ** Math.min(attempt, 20);
  }

  /** At least half: what only waits need not be looked at more often. */
  function spread(seconds: number): number {
    return Math.ceil(seconds / 2 + (random * seconds) / 2);
  }
}
