import { relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Reading } from './reading.ts';

/** Far more than any file takes: one that never ends must not hold the others up. */
const withinMs = 10_000;

/**
 * Reads a configuration file and checks it whole, in a thread of its own: modules are cached for as long as their thread
 * lives, so that only a new one sees what changed, be it in the file or in what it imports.
 *
 * @param file absolute
 */
export function readConfiguration(file: string, signal?: AbortSignal): Promise<Reading> {
  const { promise, resolve } = Promise.withResolvers<Reading>();
  const worker = new Worker(new URL('reader-thread.ts', import.meta.url), { workerData: file, execArgv: [] });
  const fail = (why: string): void =>
    resolve({ files: [file], problem: { title: `${relative(process.cwd(), file)} ${why}`, issues: [] } });
  const stop = (): void => void worker.terminate();
  const timer = setTimeout(() => {
    fail(`was not loaded within ${withinMs / 1_000} seconds.`);
    stop();
  }, withinMs);
  signal?.addEventListener('abort', stop);
  worker.once('message', (reading: Reading) => {
    resolve(reading);
    stop();
  });
  worker.once('error', (error) => fail(`cannot be loaded: ${error}`));
  worker.once('exit', () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    fail('ends the process that loads it.');
  });
  return promise;
}
