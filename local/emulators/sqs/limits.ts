/** Quotas of standard queues. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const limits = {
  batchEntries: 10,
  messageBytes: 1_048_576,
  /** All entries of a batch together. */
  batchBytes: 1_048_576,
  delaySeconds: 900,
  receiveMessages: 10,
  waitSeconds: 20,
  /** Also the longest a message can stay in flight in total, counted from its receive. */
  visibilitySeconds: 43_200,
  messageAttributes: 10,
  attributeNameLength: 256,
  groupIdLength: 128,
  moveRatePerSecond: 500,
  moveTasksListed: 10,
  queuesListed: 1000,
  tags: 50,
} as const;
