import { describe, expect, it, vi } from 'vitest';
import { onceWarm } from '../../../shared/lib/once-warm.ts';

describe('onceWarm', () => {
  it('loads once so much is done, and once only', async () => {
    const load = vi.fn(async () => 'loaded');
    const warm = onceWarm(load, 10);

    warm.done(9);
    expect([load.mock.calls.length, warm.value]).toEqual([0, undefined]);
    warm.done(1);
    warm.done(100);
    await vi.waitFor(() => expect(warm.value).toBe('loaded'));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('goes without what cannot be loaded', async () => {
    const load = vi.fn(async (): Promise<string> => {
      throw new Error('There is none.');
    });
    const warm = onceWarm(load, 0);

    warm.done(0);
    await Promise.resolve();
    warm.done(1);
    expect([load.mock.calls.length, warm.value]).toEqual([1, undefined]);
  });
});
