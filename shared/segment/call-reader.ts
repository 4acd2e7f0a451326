import type { FastCalls } from './fast-calls.ts';

/** Number of characters whose parsing takes as much longer as compiling the fast reader does. */
const charactersToWarmUp = 3_000_000;

/**
 * Makes the fast reader of calls, which is there once it pays: loading and compiling it takes some milliseconds, which
 * short lives never win back.
 */
export function createCallReader(warmUp = charactersToWarmUp): FastCalls {
  let read = 0;
  let fast: FastCalls | undefined;
  const load = async (): Promise<void> => {
    const { createFastCalls } = await import('./fast-calls.ts');
    fast = createFastCalls();
  };
  return (text, kind) => {
    if (fast !== undefined) return fast(text, kind);
    const isWarm = read >= warmUp;
    read += text.length;
    // Without WebAssembly, or its vectors, everything is read in the general way.
    if (!isWarm && read >= warmUp) load().catch(() => {});
    return undefined;
  };
}
