import type { Refusal, Remedy } from '../meta/graph-error.ts';

/** The longest delay that SQS takes. */
const maxDelaySeconds = 900;

const schedules: Readonly<Record<Remedy, { baseSeconds: number; capSeconds: number }>> = {
  retry: { baseSeconds: 2, capSeconds: maxDelaySeconds },
  throttle: { baseSeconds: 60, capSeconds: maxDelaySeconds },
  // A person has to act: look every few minutes, so that a repaired token drains the queue by itself.
  hold: { baseSeconds: 5, capSeconds: 300 },
  reject: { baseSeconds: maxDelaySeconds, capSeconds: maxDelaySeconds },
};

/**
 * How long an event waits for its next try: exponential with full jitter, never less than Meta asked for.
 *
 * @param attempt tries so far, from 1
 * @param random from 0 up to 1
 */
export function delaySeconds({ remedy, retryAfterSeconds = 0 }: Refusal, attempt: number, random: number): number {
  const { baseSeconds, capSeconds } = schedules[remedy];
  const ceiling = Math.min(capSeconds, baseSeconds * 2 ** Math.min(attempt, 20));
  const jittered = 1 + Math.floor(random * ceiling);
  return Math.min(maxDelaySeconds, Math.max(jittered, Math.ceil(retryAfterSeconds)));
}
