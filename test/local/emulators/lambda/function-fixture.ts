import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createLambdaFunction,
  type LambdaFunction,
  type LambdaOptions,
} from '../../../../local/emulators/lambda/lambda-function.ts';

/** A bundle folder with this source, removed after the test. */
export function bundleOf(source: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-test-'));
  writeFileSync(join(directory, 'index.mjs'), source);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface FunctionFixture {
  readonly lambda: LambdaFunction;
  readonly logs: string[];
}

/** A function with this source, closed after the test. */
export function functionOf(source: string, overrides: Partial<LambdaOptions> = {}): FunctionFixture {
  const logs: string[] = [];
  const lambda = createLambdaFunction({
    name: 'under-test',
    directory: bundleOf(source),
    env: {},
    timeoutSeconds: 20,
    memoryMb: 256,
    concurrency: 1,
    onLog: (line) => logs.push(line),
    ...overrides,
  });
  onTestFinished(() => lambda.close());
  return { lambda, logs };
}

/** Whether a process with this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
