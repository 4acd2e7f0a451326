import { describe, expect, it } from 'vitest';
import { startExecutionEnvironment } from '../../../../local/emulators/lambda/execution-environment.ts';
import { bundleOf } from './function-fixture.ts';

describe('an execution environment', () => {
  it('gives up on a function that does not load in time', async () => {
    const environment = await startExecutionEnvironment({
      name: 'endless',
      directory: bundleOf('await new Promise(() => setInterval(() => {}, 1000))'),
      memoryMb: 128,
      env: {},
      timeoutSeconds: 1,
      onLog: () => {},
      initTimeoutMs: 300,
    });
    expect(await environment.started).toEqual({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: 'The function did not load within 300 ms',
    });
    await expect(environment.ended).resolves.toBeUndefined();
    expect(await environment.free()).toBe(false);
  });
});
