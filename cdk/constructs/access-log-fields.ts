/**
 * Members of an access log line. Addresses, user agents and query strings are personal; a path may carry a write key
 * and whatever else a caller types; so none of them is here. The two error messages are those of AWS.
 *
 * `lambdaStatus` is Lambda's own answer (429 when it throttles), `ingestStatus` the one that the function gave.
 * `ingestRequestId` is the `requestId` of the function's own line.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  status: '$context.status',
  errorType: '$context.error.responseType',
  latencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
  lambdaStatus: '$context.integration.integrationStatus',
  ingestStatus: '$context.integration.status',
  ingestLatencyMs: '$context.integration.latency',
  ingestRequestId: '$context.integration.requestId',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
} as const;
