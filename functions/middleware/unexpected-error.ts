import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Log } from '../../shared/queue/ports.ts';
import { describeError } from '../aws/json-log.ts';

/** Turns a bug into a plain 500 that says nothing of its cause, and logs where it was thrown. */
export const unexpectedError = (
  log: Log,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error> => ({
  onError: (request) => {
    log('error', 'unexpected error', describeError(request.error));
    request.response = {
      statusCode: 500,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        success: false,
        code: 'unexpected',
        message: 'The request could not be handled.',
        fix: 'Send it again; if it fails again, look for "unexpected error" in the log of the ingest function.',
      }),
    };
  },
});
