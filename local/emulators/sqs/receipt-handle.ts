import { sqsError } from './sqs-error.ts';

/** Names one receive of one message. Nobody but the queue reads it, and a newer receive makes it stale. */
export interface Receipt {
  readonly queue: string;
  readonly id: string;
  /** The message's receive count at that receive. */
  readonly receive: number;
}

export const receiptHandle = ({ queue, id, receive }: Receipt): string =>
  Buffer.from(`${queue} ${id} ${receive}`).toString('base64');

/** @throws ReceiptHandleIsInvalid for anything this queue never gave out */
export function readReceiptHandle(handle: string, queue: string): Receipt {
  const [name, id, receive] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  const receipt = { queue, id: id ?? '', receive: Number(receive) };
  if (name === queue && receiptHandle(receipt) === handle) return receipt;
  throw sqsError('ReceiptHandleIsInvalid', 'The input receipt handle is not one of this queue.');
}
