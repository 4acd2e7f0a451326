import { onceWarm } from '../lib/once-warm.ts';
import type { FastCalls } from './fast-calls.ts';

/** Number of characters whose parsing takes as much longer as compiling the fast reader does. */
const charactersToWarmUp = 3_000_000;

/**
 * Makes the fast reader of calls, which is there once it pays: loading and compiling it takes some milliseconds, which
 * short lives never win back.
 */
export function createCallReader(warmUp = charactersToWarmUp): FastCalls {
  const load = async (): Promise<FastCalls> => (await import('./fast-calls.ts')).createFastCalls();
  // Without WebAssembly, or its vectors, everything is read in the general way.
  const fast = onceWarm(load, warmUp);
  return (text, kind) => {
    if (fast.value !== undefined) return fast.value(text, kind);
    fast.done(text.length);
    return undefined;
  };
}
