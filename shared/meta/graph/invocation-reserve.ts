import { graphTimeoutMs } from './graph-client.ts';

/** Longest that one queue takes to answer at its last attempt: three of 2.5 seconds, and the pauses between them. */
const queueSeconds = 8;

const spareSeconds = 4;

/**
 * Seconds of an invocation that are kept for what follows the begin of its last Graph request: that request, then the dead
 * letters, then what is put back.
 */
export const reserveSeconds = graphTimeoutMs / 1_000 + 2 * queueSeconds + spareSeconds;

/** Less time than this between start and reserve, and an invocation could put back everything it was given. */
export const shortestInvocationSeconds = reserveSeconds + 15;
