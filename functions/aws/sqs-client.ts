import { SQSClient } from '@aws-sdk/client-sqs';

/** Three attempts end within the ten seconds after which the libraries give up on a request. */
export const createSqsClient = (): SQSClient =>
  new SQSClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500 } });
