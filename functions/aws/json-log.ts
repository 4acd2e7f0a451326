import { stdout } from 'node:process';
import type { Log } from '../../shared/queue/ports.ts';

/** Members of every line of one invocation. */
export interface InvocationFacts {
  readonly requestId?: string;
  /** Left out of warm invocations. */
  readonly coldStart?: true;
}

let invocation: InvocationFacts = {};

/** Sets what every further line says of the invocation; a function handles one at a time. */
export const setInvocation = (facts: InvocationFacts): void => {
  invocation = facts;
};

/** One JSON line per fact, as CloudWatch Logs Insights reads it. */
export const jsonLog: Log = (level, message, facts = {}) => {
  stdout.write(`${JSON.stringify({ level, message, ...invocation, ...facts })}\n`);
};

/** Kind of an unexpected error and the place where it was thrown. Never its message, which may quote an event. */
export const describeError = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? {
        error: error.name,
        // The stack begins with the message, whose lines may look like frames.
        at: error.stack
          ?.replace(error.message, '')
          .split('\n')
          .find((line) => line.trimStart().startsWith('at '))
          ?.trim(),
      }
    : { error: typeof error };
