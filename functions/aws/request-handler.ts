/**
 * How AWS clients wait for an answer, in milliseconds: three attempts end within the ten seconds after which the client
 * libraries give up on a request. Without the last setting an attempt that is never answered would only be warned of, and
 * waited for until the function is stopped.
 */
export const requestHandler = {
  connectionTimeout: 1_000,
  requestTimeout: 2_500,
  socketTimeout: 2_500,
  throwOnRequestTimeout: true,
} as const;
