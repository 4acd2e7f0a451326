import type { MiddlewareObj } from '@middy/core';
import type { Log } from '../../shared/queue/ports.ts';
import { describeError } from '../aws/json-log.ts';

/**
 * Logs a bug by its kind and place, and lets nothing else of it out: its message may quote an event, and Lambda logs what a
 * function throws as it is, properties and cause included.
 *
 * @param answer takes the error's place; without it, the invocation fails with an error that says nothing
 */
export const unexpectedError = <Event, Result>(
  log: Log,
  answer?: () => Result,
): MiddlewareObj<Event, Result, Error> => ({
  onError: (request) => {
    log('error', 'unexpected error', describeError(request.error));
    if (answer !== undefined) request.response = answer();
    // Not thrown here: middy would keep the first error as its cause.
    else request.error = new Error('unexpected');
  },
});
