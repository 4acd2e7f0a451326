import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLambdaFunction, type InvokeResult } from '../../../../local/emulators/lambda/lambda-function.ts';
import { lambdaLimits } from '../../../../local/emulators/lambda/lambda-limits.ts';
import { bundleOf, functionOf, isAlive } from './function-fixture.ts';

// Every test starts processes, which is slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const pidOf = (result: InvokeResult): number => (result as { payload: { pid: number } }).payload.pid;

describe('what a handler sees', () => {
  it('gets the event and its value comes back', async () => {
    const { lambda } = functionOf('export const handler = async (event) => ({ ...event, got: true })');
    expect(await lambda.invoke({ a: 'ü😀' })).toEqual({ ok: true, payload: { a: 'ü😀', got: true } });
  });

  it('gives null when it returns nothing', async () => {
    const { lambda } = functionOf('export const handler = async () => {}');
    expect(await lambda.invoke({})).toEqual({ ok: true, payload: null });
  });

  it('sees its own variables, those of Lambda, and none of this process', async () => {
    vi.stubEnv('SECRET_OF_THE_PARENT', 'x');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { lambda } = functionOf('export const handler = async () => process.env', {
      env: { AWS_REGION: 'eu-central-1', QUEUE_URL: 'http://127.0.0.1:1/q' },
    });
    const { payload } = (await lambda.invoke({})) as { payload: Record<string, string> };
    expect(Object.keys(payload).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_LAMBDA_RUNTIME_API',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'LAMBDA_TASK_ROOT',
      'LANG',
      'PATH',
      'QUEUE_URL',
      'TZ',
      '_HANDLER',
      '_X_AMZN_TRACE_ID',
    ]);
    expect(payload).toMatchObject({
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_NAME: 'under-test',
      AWS_REGION: 'eu-central-1',
      QUEUE_URL: 'http://127.0.0.1:1/q',
      TZ: ':UTC',
    });
  });

  it('gets a context with a request id, its limits and the time that is left', async () => {
    const { lambda } = functionOf(
      'export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })',
      { timeoutSeconds: 7, memoryMb: 192 },
    );
    const { payload } = (await lambda.invoke({})) as { payload: Record<string, unknown> };
    expect(payload).toMatchObject({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionName: 'under-test',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:under-test',
      memoryLimitInMB: '192',
    });
    expect(payload['left']).toBeGreaterThan(0);
    expect(payload['left']).toBeLessThanOrEqual(7000);
  });

  it('logs every line it prints, to either stream', async () => {
    const { lambda, logs } = functionOf(`export const handler = async () => {
      process.stdout.write('one\\ntwo \\u2028 still two\\n');
      console.error('three');
      process.stdout.write('no line break');
    }`);
    await lambda.invoke({});
    await lambda.close();
    expect(logs.toSorted()).toEqual(['no line break', 'one', 'three', 'two \u2028 still two']);
  });
});

describe('a handler that fails', () => {
  it.each([
    ['an error', `throw new RangeError('too far')`, 'RangeError', 'too far'],
    ['something else', `throw 'a string'`, 'string', 'a string'],
    ['a value that is not JSON', 'return 1n', 'TypeError', 'Do not know how to serialize a BigInt'],
  ])('reports %s and keeps its process', async (_, body, errorType, errorMessage) => {
    const { lambda } = functionOf(`export const handler = async ({ fail }) => {
      if (fail) { ${body} }
      return { pid: process.pid };
    }`);
    const before = await lambda.invoke({});
    expect(await lambda.invoke({ fail: true })).toEqual({ ok: false, errorType, errorMessage });
    expect(await lambda.invoke({})).toEqual(before);
  });

  it.each([
    ['exits', 'process.exit(3)', 'Runtime.ExitError', /Runtime exited with error: exit status 3$/],
    ['exits without an error', 'process.exit(0)', 'Runtime.ExitError', /Runtime exited without providing a reason$/],
    ['is killed', `process.kill(process.pid, 'SIGKILL')`, 'Runtime.ExitError', /with error: signal: SIGKILL$/],
    ['loses a rejection', `Promise.reject(new Error('loose'))`, 'Runtime.UnhandledPromiseRejection', /^loose$/],
    ['throws from a timer', `setTimeout(() => { throw new TypeError('late') })`, 'TypeError', /^late$/],
  ])('that %s gets a new process for the next event', async (_, body, errorType, errorMessage) => {
    const { lambda } = functionOf(`export const handler = async ({ fail }) => {
      if (fail) { ${body}; await new Promise(() => {}); }
      return { pid: process.pid };
    }`);
    const before = pidOf(await lambda.invoke({}));
    const failed = await lambda.invoke({ fail: true });
    expect(failed).toEqual({ ok: false, errorType, errorMessage: expect.stringMatching(errorMessage) });
    expect(pidOf(await lambda.invoke({}))).not.toBe(before);
  });

  it('is killed when its time is up, and the next event gets a new process', async () => {
    const { lambda } = functionOf(
      `export const handler = async ({ hang }) => {
        while (hang) {}
        return { pid: process.pid };
      }`,
      { timeoutSeconds: 1.5 },
    );
    const before = pidOf(await lambda.invoke({}));
    expect(await lambda.invoke({ hang: true })).toEqual({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 1\.50 seconds$/),
    });
    expect(pidOf(await lambda.invoke({}))).not.toBe(before);
    await vi.waitFor(() => expect(isAlive(before)).toBe(false));
  });
});

describe('payload limits', () => {
  const filler = (bytes: number) => 'x'.repeat(bytes - 2);

  it('lets a response of the largest size through and refuses one byte more, without losing the process', async () => {
    const { lambda } = functionOf(`export const handler = async ({ bytes }) =>
      bytes ? 'x'.repeat(bytes - 2) : { pid: process.pid }`);
    const before = await lambda.invoke({});
    const largest = await lambda.invoke({ bytes: lambdaLimits.payloadBytes });
    expect(largest).toEqual({ ok: true, payload: filler(lambdaLimits.payloadBytes) });
    expect(await lambda.invoke({ bytes: lambdaLimits.payloadBytes + 1 })).toMatchObject({
      ok: false,
      errorType: 'Function.ResponseSizeTooLarge',
    });
    expect(await lambda.invoke({})).toEqual(before);
  });

  it('refuses an event that is too large', async () => {
    const { lambda } = functionOf('export const handler = async (event) => event.length');
    expect(await lambda.invoke(filler(lambdaLimits.payloadBytes))).toMatchObject({ ok: true });
    expect(await lambda.invoke(filler(lambdaLimits.payloadBytes + 1))).toMatchObject({
      ok: false,
      errorType: 'RequestTooLargeException',
    });
  });
});

describe('environments', () => {
  const slow = `export const handler = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return { pid: process.pid };
  }`;

  it('are as many as its concurrency at most, while further events wait', async () => {
    const { lambda } = functionOf(slow, { concurrency: 2 });
    const results = await Promise.all(Array.from({ length: 20 }, () => lambda.invoke({})));
    expect(new Set(results.map(pidOf)).size).toBe(2);
  });

  it('are used again by events that come one after the other', async () => {
    const { lambda } = functionOf(slow, { concurrency: 4 });
    await lambda.ready();
    const pids = [pidOf(await lambda.invoke({})), pidOf(await lambda.invoke({})), pidOf(await lambda.invoke({}))];
    expect(new Set(pids).size).toBe(1);
  });

  it('are there before the first event, as many as are asked for', async () => {
    const { lambda, logs } = functionOf(`console.log('loaded');${slow}`, { concurrency: 3 });
    await lambda.ready(2);
    await lambda.ready(2);
    await Promise.all([lambda.invoke({}), lambda.invoke({})]);
    expect(logs.filter((line) => line === 'loaded')).toHaveLength(2);
  });

  it('never run two events at once', async () => {
    const { lambda } = functionOf(
      `let running = 0;
      export const handler = async () => {
        running += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return running--;
      }`,
      { concurrency: 2 },
    );
    const results = await Promise.all(Array.from({ length: 20 }, () => lambda.invoke({})));
    expect(results).toEqual(Array.from({ length: 20 }, () => ({ ok: true, payload: 1 })));
  });
});

describe('a function that cannot be loaded', () => {
  it.each([
    ['throws', `throw new Error('no settings')`, 'Error', 'no settings'],
    [
      'exports no handler',
      'export const other = 1',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    [
      'exits',
      'process.exit(1)',
      'Runtime.ExitError',
      'The function could not be loaded: runtime exited with error: exit status 1',
    ],
  ])('because its module %s fails ready() and every invocation', async (_, source, errorType, errorMessage) => {
    const { lambda } = functionOf(source);
    await expect(lambda.ready()).rejects.toThrow(`under-test: ${errorType}: ${errorMessage}`);
    const results = await Promise.all([lambda.invoke({}), lambda.invoke({}), lambda.invoke({})]);
    expect(results).toEqual(Array.from({ length: 3 }, () => ({ ok: false, errorType, errorMessage })));
  });

  it('because its folder is missing says which', async () => {
    const { lambda } = functionOf('', { directory: '/no/such/folder' });
    await expect(lambda.ready()).rejects.toThrow('ENOENT in /no/such/folder');
  });
});

describe('renew', () => {
  const answering = (version: number, waitMs = 0) => `export const handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, ${waitMs}));
      console.log('done by ${version}');
      return { version: ${version}, pid: process.pid };
    };`;
  const versionOf = (result: InvokeResult): unknown => (result as { payload?: { version: number } }).payload?.version;
  /** By renaming: an environment that starts meanwhile must not load half a file. */
  const write = (directory: string, source: string): void => {
    writeFileSync(join(directory, 'next.mjs'), source);
    renameSync(join(directory, 'next.mjs'), join(directory, 'index.mjs'));
  };

  it('has the next event run what the folder holds now, and ends the process from before', async () => {
    const directory = bundleOf(answering(1));
    const { lambda } = functionOf('', { directory });
    const before = await lambda.invoke({});
    write(directory, answering(2));
    await lambda.renew();
    const after = await lambda.invoke({});
    expect([versionOf(before), versionOf(after)]).toEqual([1, 2]);
    await vi.waitFor(() => expect(isAlive(pidOf(before))).toBe(false));
  });

  it('lets what runs finish as it began, while what comes later already runs anew', async () => {
    const directory = bundleOf(answering(1, 1_500));
    const { lambda, logs } = functionOf('', { directory, concurrency: 2 });
    await lambda.ready();
    const slow = lambda.invoke({});
    write(directory, answering(2));
    await lambda.renew();
    expect(versionOf(await lambda.invoke({}))).toBe(2);
    expect(versionOf(await slow)).toBe(1);
    expect(versionOf(await lambda.invoke({}))).toBe(2);
    await vi.waitFor(async () => expect(isAlive(pidOf(await slow))).toBe(false));
    expect(logs).toEqual(['done by 2', 'done by 1', 'done by 2']);
  });

  it('answers every event of a steady stream, in spite of many renewals', async () => {
    const directory = bundleOf(answering(0, 5));
    const { lambda } = functionOf('', { directory, concurrency: 2 });
    const results: Promise<InvokeResult>[] = [];
    const sending = setInterval(() => results.push(lambda.invoke({})), 5);
    onTestFinished(() => clearInterval(sending));
    for (let version = 1; version <= 4; version++) {
      write(directory, answering(version, 5));
      await lambda.renew();
    }
    clearInterval(sending);
    const versions = (await Promise.all(results)).map(versionOf);
    expect(results.length).toBeGreaterThan(20);
    expect(versions).not.toContain(undefined);
    expect(versionOf(await lambda.invoke({}))).toBe(4);
  });

  it('rejects and changes nothing when the function cannot be loaded any more', async () => {
    const directory = bundleOf(answering(1));
    const { lambda } = functionOf('', { directory });
    const before = await lambda.invoke({});
    write(directory, 'throw new RangeError("not this way")');
    await expect(lambda.renew()).rejects.toThrow('under-test: RangeError: not this way');
    expect(await lambda.invoke({})).toEqual(before);
  });

  it('is given up when the function is closed meanwhile', async () => {
    const directory = bundleOf(answering(1));
    const { lambda } = functionOf('', { directory });
    await lambda.invoke({});
    write(directory, 'await new Promise(() => setInterval(() => {}, 1000))');
    const renewed = expect(lambda.renew()).rejects.toThrow('Runtime.ExitError');
    await lambda.close();
    await renewed;
  });
});

describe('close', () => {
  it('lets running and waiting invocations finish, refuses new ones, and ends the processes', async () => {
    const { lambda } = functionOf(`export const handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { pid: process.pid };
    }`);
    const accepted = [lambda.invoke({}), lambda.invoke({})];
    await lambda.ready();
    const closed = lambda.close();
    expect(await lambda.invoke({})).toMatchObject({ ok: false, errorType: 'ServiceException' });
    await closed;
    const results = await Promise.all(accepted);
    expect(results).toMatchObject([{ ok: true }, { ok: true }]);
    expect(results.map((result) => isAlive(pidOf(result)))).toEqual([false, false]);
  });

  it('does not wait for a function that is still loading and that nobody needs', async () => {
    const { lambda } = functionOf('await new Promise(() => setInterval(() => {}, 1000))');
    const ready = lambda.ready();
    await lambda.close();
    await expect(ready).rejects.toThrow('Runtime.ExitError');
  });

  it('is done at once when nothing ever ran', async () => {
    const options = {
      name: 'unused',
      directory: '.',
      env: {},
      timeoutSeconds: 1,
      memoryMb: 128,
      concurrency: 1,
    };
    await expect(createLambdaFunction({ ...options, onLog: () => {} }).close()).resolves.toBeUndefined();
  });
});

describe('when the parent is killed', () => {
  it.each([
    ['waits for an event', {}],
    ['runs', { hang: true }],
  ])('a process that %s ends by itself', async (_, event) => {
    const directory = bundleOf(`export const handler = async ({ hang }) => {
      console.log(process.pid);
      if (hang) await new Promise(() => setInterval(() => {}, 1000));
    }`);
    const script = fileURLToPath(new URL('parent-process.ts', import.meta.url));
    const parent = spawn(process.execPath, [script, directory, JSON.stringify(event)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [printed] = await once(parent.stdout, 'data');
    const pid = Number(String(printed));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 4000 });
  });
});
