import { randomBytes } from 'node:crypto';

/** A new X-Ray trace id, as API Gateway puts it into `x-amzn-trace-id`. */
export const traceRoot = (): string =>
  `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

/** The trace header of an invocation that is not sampled. */
export const traceHeader = (): string => `${traceRoot()};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
