import { Session } from 'node:inspector/promises';

/**
 * Counts how often V8 enters the functions and blocks of `shared/` while something runs: the same for the same work on any
 * machine, however busy. What built-in functions and regular expressions do inside is not counted.
 */
export class StepCounter {
  readonly #session = new Session();

  /** Before the code to be counted is loaded: V8 counts the blocks only of what it compiles afterwards. */
  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  async count(run: () => void): Promise<number> {
    await this.#session.post('Profiler.takePreciseCoverage');
    run();
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    let steps = 0;
    for (const { url, functions } of result) {
      if (!url.includes('/shared/')) continue;
      for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    }
    return steps;
  }
}
