import { SQSClient } from '@aws-sdk/client-sqs';
import { requestHandler } from './request-handler.ts';

export const createSqsClient = (): SQSClient => new SQSClient({ maxAttempts: 3, requestHandler });
