import type { FastCalls } from './fast-calls.ts';

/** What the fast reader is compiled in, as many characters take that much longer to parse. */
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
