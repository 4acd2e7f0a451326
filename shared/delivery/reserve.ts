/**
 * Seconds of an invocation that are kept for what follows the begin of its last Graph request: up to 10 for that one, and
 * up to 8 each for the dead letters and for what is put back, when every queue answers at the last attempt only.
 */
export const reserveSeconds = 30;

/** Less time than this between start and reserve, and an invocation could put back everything it was given. */
export const shortestInvocationSeconds = reserveSeconds + 15;
