import { type ExecutionEnvironment, startExecutionEnvironment } from './execution-environment.ts';
import { failure, type InvokeFailure, type InvokeResult } from './invoke-result.ts';
import { lambdaLimits } from './lambda-limits.ts';

export type { InvokeResult } from './invoke-result.ts';

export interface LambdaOptions {
  readonly name: string;
  /** Folder of the bundle: an `index.mjs` that exports `handler`. */
  readonly directory: string;
  /** The function's own variables. It sees these and what Lambda sets, nothing else. */
  readonly env: Readonly<Record<string, string>>;
  /** A handler that runs longer is killed, and its environment with it. */
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Most processes at once. They start on demand and are used again. */
  readonly concurrency: number;
  /** How far its processes stand back for others, 0 to 19. @defaultValue 0 */
  readonly niceness?: number;
  /** Gets every line the function's processes print. */
  readonly onLog: (line: string) => void;
}

export interface LambdaFunction {
  /**
   * Runs the handler on an event, which must be JSON. Never rejects. Waits for a free environment, however long.
   *
   * @param json the event as JSON, where somebody has written it already
   */
  invoke(event: unknown, json?: string): Promise<InvokeResult>;
  /** Has so many environments, one if left out, there or about to be; rejects if the function cannot be loaded. */
  ready(environments?: number): Promise<void>;
  /**
   * Takes up what changed in the folder: starts an environment on it, then gives every further event to environments
   * started since this call. Those from before finish what they run, and end. Rejects, with nothing changed, if the
   * function can no longer be loaded.
   */
  renew(): Promise<void>;
  /** Kills a process in the middle of its invocation, as a lack of memory does. False when none runs. */
  killOne(): boolean;
  /** Lets accepted invocations finish, refuses new ones, then ends every process. */
  close(): Promise<void>;
}

/** Longer than an environment takes from its answer to asking for the next event. */
const soonMs = 50;

/** An environment and the number of renewals before it was started. */
interface Started extends ExecutionEnvironment {
  readonly renewals: number;
}

interface Waiting {
  readonly payload: string;
  readonly settle: (result: InvokeResult) => void;
}

/** A function whose environments are child processes behind Lambda's Runtime API. Starts nothing yet. */
export function createLambdaFunction(options: LambdaOptions): LambdaFunction {
  const waiting: Waiting[] = [];
  const free: Started[] = [];
  /** Have answered and are about to ask for the next event: no reason to start another. */
  const soonFree = new Set<Started>();
  const live = new Set<Started>();
  const accepted = new Set<Promise<InvokeResult>>();
  const starting = new Set<Promise<InvokeFailure | undefined>>();
  const closed = new AbortController();
  let closing = false;
  let renewals = 0;
  /** Environments with fewer renewals get no further event. */
  let fewestRenewals = 0;

  function dispatch(): void {
    while (waiting.length > 0) {
      const environment = free.pop();
      if (environment === undefined) break;
      const next = waiting.shift();
      if (next !== undefined) void run(environment, next);
    }
    while (starting.size + soonFree.size < waiting.length && live.size + starting.size < options.concurrency)
      void start();
  }

  async function run(environment: Started, { payload, settle }: Waiting): Promise<void> {
    const result = await environment.invoke(payload);
    soonFree.add(environment);
    const tooLate = setTimeout(noLongerSoon, soonMs, environment);
    settle(result);
    const isFree = await environment.free();
    clearTimeout(tooLate);
    soonFree.delete(environment);
    if (isFree) offer(environment);
    dispatch();
  }

  /** For the next event, if it is recent enough. */
  function offer(environment: Started): void {
    if (environment.renewals < fewestRenewals) void environment.end();
    else free.push(environment);
  }

  function noLongerSoon(environment: Started): void {
    soonFree.delete(environment);
    dispatch();
  }

  /** Starts one environment. One that does not load takes the longest waiting invocation with it, as in Lambda. */
  async function start(): Promise<InvokeFailure | undefined> {
    const problem = await startQuietly();
    if (problem !== undefined) waiting.shift()?.settle(problem);
    dispatch();
    return problem;
  }

  function startQuietly(): Promise<InvokeFailure | undefined> {
    const started = load()
      .catch((error: unknown) => failure('Runtime.Unknown', String(error)))
      .finally(() => starting.delete(started));
    starting.add(started);
    return started;
  }

  async function load(): Promise<InvokeFailure | undefined> {
    const startedAfter = renewals;
    const environment: Started = { ...(await startExecutionEnvironment(options)), renewals: startedAfter };
    const abandon = (): void => void environment.end();
    closed.signal.addEventListener('abort', abandon);
    if (closed.signal.aborted) abandon();
    const problem = await environment.started;
    closed.signal.removeEventListener('abort', abandon);
    if (problem !== undefined) {
      await environment.ended;
      return problem;
    }
    live.add(environment);
    offer(environment);
    void environment.ended.then(() => forget(environment));
    return undefined;
  }

  function forget(environment: Started): void {
    live.delete(environment);
    const index = free.indexOf(environment);
    if (index >= 0) free.splice(index, 1);
    dispatch();
  }

  const loadError = ({ errorType, errorMessage }: InvokeFailure): Error =>
    new Error(`${options.name}: ${errorType}: ${errorMessage}`);

  return {
    invoke(event, json) {
      const payload = json ?? JSON.stringify(event ?? null);
      if (closing) return Promise.resolve(failure('ServiceException', `${options.name} is closed`));
      if (Buffer.byteLength(payload) > lambdaLimits.payloadBytes) return Promise.resolve(requestTooLarge);
      const { promise, resolve } = Promise.withResolvers<InvokeResult>();
      accepted.add(promise);
      void promise.then(() => accepted.delete(promise));
      waiting.push({ payload, settle: resolve });
      dispatch();
      return promise;
    },
    async ready(environments = 1) {
      const missing = Math.max(0, environments - live.size - starting.size);
      const started = [...starting, ...Array.from({ length: missing }, () => start())];
      const problem = (await Promise.all(started)).find((each) => each !== undefined);
      if (problem !== undefined) throw loadError(problem);
    },
    async renew() {
      if (closing) return;
      const mine = ++renewals;
      const problem = await startQuietly();
      if (problem === undefined) {
        fewestRenewals = Math.max(fewestRenewals, mine);
        for (const environment of free.splice(0)) offer(environment);
      }
      dispatch();
      if (problem !== undefined) throw loadError(problem);
    },
    killOne() {
      const busy = [...live].find((environment) => !free.includes(environment));
      void busy?.end();
      return busy !== undefined;
    },
    async close() {
      closing = true;
      await Promise.all(accepted);
      closed.abort();
      await Promise.all(starting);
      await Promise.all([...live].map((environment) => environment.end()));
    },
  };
}

const requestTooLarge = failure(
  'RequestTooLargeException',
  `Request must be smaller than ${lambdaLimits.payloadBytes} bytes for the InvokeFunction operation`,
);
