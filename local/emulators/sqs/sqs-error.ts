import { AwsError } from '../aws/aws-error.ts';

/**
 * Status and query-protocol code where they differ from 400 and the error's own name.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
const wire: Readonly<Record<string, { status?: number; queryCode?: string }>> = {
  BatchEntryIdsNotDistinct: { queryCode: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct' },
  BatchRequestTooLong: { queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong' },
  EmptyBatchRequest: { queryCode: 'AWS.SimpleQueueService.EmptyBatchRequest' },
  InvalidBatchEntryId: { queryCode: 'AWS.SimpleQueueService.InvalidBatchEntryId' },
  MessageNotInflight: { queryCode: 'AWS.SimpleQueueService.MessageNotInflight' },
  QueueDoesNotExist: { queryCode: 'AWS.SimpleQueueService.NonExistentQueue' },
  QueueNameExists: { queryCode: 'QueueAlreadyExists' },
  ReceiptHandleIsInvalid: { status: 404 },
  ResourceNotFoundException: { status: 404 },
  TooManyEntriesInBatchRequest: { queryCode: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest' },
  UnsupportedOperation: { queryCode: 'AWS.SimpleQueueService.UnsupportedOperation' },
};

export const sqsError = (code: string, message: string): AwsError => new AwsError(code, message, wire[code]);

export const invalidParameter = (name: string, reason: string): AwsError =>
  sqsError('InvalidParameterValue', `The value of parameter ${name} is invalid: ${reason}.`);

/** The value itself, once it is known to be within both bounds. */
export function within(name: string, value: number, min: number, max: number): number {
  if (value >= min && value <= max) return value;
  throw invalidParameter(name, `it must be between ${min} and ${max}`);
}
