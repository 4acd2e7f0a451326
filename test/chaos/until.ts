import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 50;

/** Waits until something holds. Rejects when the signal says stop. */
export async function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
  while (!holds()) await sleep(lookEveryMs, undefined, { signal });
}
