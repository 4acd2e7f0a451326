import { ConfigurationError } from '../../shared/errors.ts';
import { StateFileError } from '../emulators/sqs/state-file-error.ts';

/** By what the system refused to do. */
const fixes: Readonly<Record<string, string>> = {
  listen: 'Stop the other process, or choose a port: PORT=3001 npm start',
  mkdir: 'LOCAL_STATE_DIRECTORY has to be a folder that can be written to, or made.',
};

/**
 * Why `npm start` could not start: a line or two for what the user set, with what to do next. A fault of the software stays
 * an error, with its stack.
 */
export function startProblem(error: unknown): unknown {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof StateFileError) {
    return `${error.message}\nOr keep this run's queues in another folder: LOCAL_STATE_DIRECTORY=… npm start`;
  }
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const fix = fixes[String(error.syscall)];
  return fix === undefined ? error : `${error.message}. ${fix}`;
}
