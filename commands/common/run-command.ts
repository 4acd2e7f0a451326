import { ConfigurationError } from '../../shared/errors.ts';
import { safeText } from '../dead-letters/safe-text.ts';
import { awsProblem, isAwsError } from './aws-problem.ts';
import { UsageError } from './command-options.ts';

/** What every command is given from outside, so that tests give it something else. */
export interface CommandEffects {
  /** Environment variables. */
  readonly variables: NodeJS.ProcessEnv;
  /** The project's folder. */
  readonly root: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => Date;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** 0: done; 1: something is wrong; 2: the command line makes no sense. */
export type ExitCode = 0 | 1 | 2;

/** Answers `--help`, and turns what a command throws into a line on the error output. */
export async function runCommand(
  { name, usage }: { readonly name: string; readonly usage: string },
  args: readonly string[],
  { out, err }: Pick<CommandEffects, 'out' | 'err'>,
  body: () => Promise<ExitCode>,
): Promise<ExitCode> {
  if (args.includes('--help')) {
    out(usage);
    return 0;
  }
  try {
    return await body();
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${name}: ${safeText(error.message, 1_000)}; usage: ${usage}`);
      return 2;
    }
    for (const line of errorLines(error)) err(line);
    return 1;
  }
}

function errorLines(error: unknown): string[] {
  if (isAwsError(error)) return problemLines(awsProblem(error));
  // Its lines are one per problem.
  return error instanceof ConfigurationError ? [error.message] : [safeText((error as Error).message, 1_000)];
}

/** A problem, and on a line of its own what to do next. */
export const problemLines = ({ reason, fix }: { readonly reason: string; readonly fix: string }): string[] => [
  safeText(reason, 1_000),
  `→ ${fix}`,
];
