import type { MiddlewareObj } from '@middy/core';
import { setInvocation } from '../aws/json-log.ts';

let isColdStart = true;

/** Puts the invocation's request id on every log line, and `coldStart` where its container had just started. */
export const invocationFacts = <Event, Result>(): MiddlewareObj<Event, Result, Error> => ({
  before: ({ context }) => {
    const requestId: string | undefined = context.awsRequestId;
    // What is left out costs nothing: nearly all invocations are warm.
    setInvocation({ ...(requestId && { requestId }), ...(isColdStart && { coldStart: true }) });
    isColdStart = false;
  },
});
