import { limits } from './limits.ts';
import { sqsError } from './sqs-error.ts';

export type QueueAttributes = Readonly<Record<string, string>>;

const integer = (min: number, max: number) => (value: string) =>
  /^\d{1,7}$/.test(value) && Number(value) >= min && Number(value) <= max;

const json = (value: string): boolean => {
  try {
    return value === '' || typeof JSON.parse(value) === 'object';
  } catch {
    return false;
  }
};

const anything = () => true;
const boolean = (value: string) => value === 'true' || value === 'false';

/** Attributes that can be set, and the values each takes. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const settable: Readonly<Record<string, (value: string) => boolean>> = {
  DelaySeconds: integer(0, limits.delaySeconds),
  MaximumMessageSize: integer(1024, limits.messageBytes),
  MessageRetentionPeriod: integer(60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: integer(0, limits.waitSeconds),
  VisibilityTimeout: integer(0, limits.visibilitySeconds),
  Policy: json,
  RedrivePolicy: json,
  RedriveAllowPolicy: json,
  KmsMasterKeyId: anything,
  KmsDataKeyReusePeriodSeconds: integer(60, 86_400),
  SqsManagedSseEnabled: boolean,
};

const defaults = {
  DelaySeconds: '0',
  MaximumMessageSize: String(limits.messageBytes),
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
} as const satisfies QueueAttributes;

/** Attributes that are numbers and always have a value. */
export type NumericAttribute = Exclude<keyof typeof defaults, 'SqsManagedSseEnabled'>;

const readable = new Set([
  ...Object.keys(settable),
  'All',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]);

export function checkQueueAttributes(attributes: QueueAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'FifoQueue')
      throw sqsError('UnsupportedOperation', 'FIFO queues are not emulated, only standard ones.');
    const accepts = Object.hasOwn(settable, name) ? settable[name] : undefined;
    if (accepts === undefined) throw sqsError('InvalidAttributeName', `Unknown attribute ${name}.`);
    if (!accepts(value)) throw sqsError('InvalidAttributeValue', `Invalid value for the attribute ${name}.`);
  }
}

/** Lays changes over what is set; an empty value takes an attribute away. */
export const mergeQueueAttributes = (present: QueueAttributes, changes: QueueAttributes): QueueAttributes =>
  Object.fromEntries(Object.entries({ ...defaults, ...present, ...changes }).filter(([, value]) => value !== ''));

export function selectQueueAttributes(all: QueueAttributes, names: readonly string[]): QueueAttributes {
  for (const name of names) {
    if (!readable.has(name)) throw sqsError('InvalidAttributeName', `Unknown attribute ${name}.`);
  }
  if (names.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
