import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { eachLine } from './each-line.ts';
import { environmentVariables, type FunctionIdentity, functionArn } from './environment-variables.ts';
import { failure, type InvokeFailure, type InvokeResult } from './invoke-result.ts';
import { lambdaLimits } from './lambda-limits.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';
import { traceHeader } from './trace-id.ts';

export interface EnvironmentOptions extends FunctionIdentity {
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly onLog: (line: string) => void;
  /**
   * How far the process stands back for others on a busy machine, 0 to 19, as `nice` has it.
   *
   * @defaultValue 0
   */
  readonly niceness?: number | undefined;
  /** Longest time to load the function; Lambda's 10 s and then the timeout of the invocation that waits for it. */
  readonly initTimeoutMs?: number;
}

/** One process that runs one invocation at a time, for as long as it lives. */
export interface ExecutionEnvironment {
  /** Undefined once the function is loaded, else why it is not; the process then ends. */
  readonly started: Promise<InvokeFailure | undefined>;
  /** Resolves when the process has ended and all it printed has been logged. */
  readonly ended: Promise<void>;
  /** Runs the handler on an event given as JSON. A handler that outlives its timeout or its process ends the environment. */
  invoke(payload: string): Promise<InvokeResult>;
  /** True as soon as it can take the next event, false once it has ended instead. */
  free(): Promise<boolean>;
  /** Kills the process. */
  end(): Promise<void>;
}

export async function startExecutionEnvironment(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
  const api = await startRuntimeApi();
  const child = startProcess(options, api);
  const exit = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(exitReason(code, signal)));
    child.once('error', ({ message }) => resolve(`with error: ${message} in ${options.directory}`));
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve(api.close())));
  const kill = (): boolean => child.kill('SIGKILL');

  const invoke = async (payload: string): Promise<InvokeResult> => {
    const requestId = randomUUID();
    const timeoutMs = options.timeoutSeconds * 1000;
    const about = (text: string): string => `RequestId: ${requestId} Error: ${text}`;
    const timedOut = failure(
      'Sandbox.Timedout',
      about(`Task timed out after ${options.timeoutSeconds.toFixed(2)} seconds`),
    );
    const invocation = {
      requestId,
      payload,
      deadlineMs: Date.now() + timeoutMs,
      functionArn: functionArn(options.name, options.env),
      traceId: traceHeader(),
    };
    const outcomes = [
      api.handOver(invocation),
      exit.then((reason) => failure('Runtime.ExitError', about(`Runtime exited ${reason}`))),
    ];
    const result = await withTimeout(timeoutMs, outcomes, timedOut);
    if (result === timedOut) kill();
    return result;
  };

  const start = async (): Promise<InvokeFailure | undefined> => {
    const initTimeoutMs = options.initTimeoutMs ?? lambdaLimits.initMs + options.timeoutSeconds * 1000;
    const outcomes = [
      api.polled().then(() => undefined),
      api.initFailure,
      exit.then((reason) => failure('Runtime.ExitError', `The function could not be loaded: runtime exited ${reason}`)),
    ];
    const timedOut = failure('Sandbox.Timedout', `The function did not load within ${initTimeoutMs} ms`);
    const problem = await withTimeout(initTimeoutMs, outcomes, timedOut);
    if (problem !== undefined) kill();
    return problem;
  };

  return {
    started: start(),
    ended,
    invoke,
    free: () => Promise.race([api.polled().then(() => true), exit.then(() => false)]),
    async end() {
      kill();
      await ended;
    },
  };
}

const runtimeClient = fileURLToPath(new URL('runtime-client.cjs', import.meta.url));

function startProcess(options: EnvironmentOptions, api: RuntimeApi): ChildProcess {
  const heapMb = Math.floor(options.memoryMb * 0.9);
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, runtimeClient], {
    cwd: options.directory,
    env: { ...environmentVariables(options, options.env), AWS_LAMBDA_RUNTIME_API: api.address },
    // The runtime ends when its standard input does: so it cannot outlive this process, however that dies.
    stdio: 'pipe',
    // Ctrl-C reaches a whole process group, and what is in flight is to be finished first.
    detached: process.platform !== 'win32',
  });
  if (child.pid !== undefined && options.niceness !== undefined) standBack(child.pid, options.niceness);
  eachLine(child.stdout, options.onLog);
  eachLine(child.stderr, options.onLog);
  return child;
}

function standBack(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It may have ended already, or the system knows no such thing: it then runs as any other.
  }
}

async function withTimeout<T>(ms: number, outcomes: readonly Promise<T>[], late: T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(resolve, ms, late);
  try {
    return await Promise.race([...outcomes, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `with error: signal: ${signal}`;
  return code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
}
