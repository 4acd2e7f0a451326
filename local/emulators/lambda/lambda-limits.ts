/** Lambda's quotas that a function can meet. Source: "Lambda quotas" in the AWS Lambda developer guide. */
export const lambdaLimits = {
  /** Bytes of the JSON of an event or of a response in a synchronous invocation: 6 MB, and 100 bytes for the envelope. */
  payloadBytes: 6_291_556,
  /** Time to load the function before its first event. */
  initMs: 10_000,
} as const;
