import { ConfigurationError } from '../../shared/errors.ts';
import type { CommandFacts } from './command-facts.ts';
import type { CommandEffects, ExitCode } from './effects.ts';
import { typed } from './help.ts';
import { safeText } from './safe-text.ts';
import { UsageError } from './usage-error.ts';

/** Something that is not well, and what to do next. */
export interface Problem {
  readonly reason: string;
  readonly fix: string;
}

/** A problem that ends a command with 1. */
export class CommandError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.reason, { cause });
    this.problem = problem;
  }
}

/** A problem, and on a line of its own what to do next. */
export const problemLines = ({ reason, fix }: Problem): string[] => [safeText(reason, 1_000), `→ ${fix}`];

/** Turns what a command throws into lines on the error output, and into the code that it ends with. */
export async function reported(
  facts: Pick<CommandFacts, 'name'>,
  { err }: Pick<CommandEffects, 'err'>,
  body: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${facts.name}: ${safeText(error.message, 1_000)}`);
      if (error.fix !== undefined) err(`→ ${error.fix}`);
      err(`→ All options: ${typed(facts)}${facts.name.includes(' ') ? '' : ' --'} --help`);
      return 2;
    }
    for (const line of errorLines(error)) err(line);
    return 1;
  }
}

function errorLines(error: unknown): string[] {
  if (error instanceof CommandError) return problemLines(error.problem);
  // Its lines are one per problem.
  if (error instanceof ConfigurationError) return [error.message];
  return [safeText(error instanceof Error ? error.message : String(error), 1_000)];
}
