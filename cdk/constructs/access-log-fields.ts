/**
 * Fields of an access log line. Addresses, user agents and query strings are personal; a path may carry a write key and
 * whatever else a caller types; so none of them is here. `ingestRequestId` leads to the function's own line.
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
  lambdaStatus: '$context.integration.status',
  ingestStatus: '$context.integration.integrationStatus',
  ingestLatencyMs: '$context.integration.latency',
  ingestRequestId: '$context.integration.requestId',
} as const;
