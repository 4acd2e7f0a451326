import type { Finding } from './finding.ts';

/** One thing that can be looked at by itself. */
export interface Check<Context> {
  /** A word or two, unique in its table. */
  readonly name: string;
  readonly run: (context: Context) => Finding | Promise<Finding>;
}

export interface CheckResult {
  readonly check: string;
  readonly finding: Finding;
}

/** Runs checks one after the other, and tells of each as soon as it is done. */
export async function runChecks<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  tell: (result: CheckResult) => void,
): Promise<void> {
  for (const { name, run } of checks) tell({ check: name, finding: await run(context) });
}
