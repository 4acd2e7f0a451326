import type { Refusal, Remedy } from '../meta/graph/graph-error.ts';

/** The longest delay that SQS takes. */
export const longestDelaySeconds = 900;

const schedules: Readonly<Record<Remedy, { baseSeconds: number; capSeconds: number }>> = {
  retry: { baseSeconds: 2, capSeconds: longestDelaySeconds },
  throttle: { baseSeconds: 60, capSeconds: longestDelaySeconds },
  // A person has to act: look every few minutes, so that a repaired token drains the queue by itself.
  hold: { baseSeconds: 3, capSeconds: 300 },
  defer: { baseSeconds: 0, capSeconds: 0 },
  reject: { baseSeconds: longestDelaySeconds, capSeconds: longestDelaySeconds },
};

/**
 * How long an event waits for its next try: exponential with full jitter. Where Meta said when to come back, that long
 * and a growing jitter on top, so that everybody does not come back at once.
 *
 * @param attempt tries so far, from 1
 * @param random from 0 up to 1
 * @param limitSeconds no delay is longer
 */
export function delaySeconds(
  { remedy, retryAfterSeconds }: Refusal,
  attempt: number,
  random: number,
  limitSeconds: number = longestDelaySeconds,
): number {
  const { baseSeconds, capSeconds } = schedules[remedy];
  const growth = 2 ** Math.min(attempt, 20);
  const delay =
    retryAfterSeconds === undefined
      ? 1 + Math.floor(random * Math.min(capSeconds, baseSeconds * growth))
      : Math.ceil(retryAfterSeconds) + Math.floor(random * Math.min(capSeconds, growth));
  return Math.max(1, Math.min(limitSeconds, longestDelaySeconds, delay));
}
