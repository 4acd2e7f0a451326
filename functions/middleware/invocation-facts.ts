import type { MiddlewareObj } from '@middy/core';
import { setInvocation } from '../aws/json-log.ts';

let isColdStart = true;

/** Puts the invocation's request id on every log line, and whether its container had just started. */
export const invocationFacts = <Event, Result>(): MiddlewareObj<Event, Result, Error> => ({
  before: ({ context }) => {
    const requestId: string | undefined = context.awsRequestId;
    setInvocation({ ...(requestId && { requestId }), coldStart: isColdStart });
    isColdStart = false;
  },
});
