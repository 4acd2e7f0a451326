import { stdout } from 'node:process';
import type { Log } from '../../shared/queue/ports.ts';

/** One JSON line per fact, as CloudWatch Logs Insights reads it. */
export const jsonLog: Log = (level, message, facts = {}) => {
  stdout.write(`${JSON.stringify({ level, message, ...facts })}\n`);
};

/** What may be said of an unexpected error: its kind and where it was thrown. Its message may quote an event. */
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
