import * as z from 'zod';
import { readableJson } from './labelled-event.ts';

/** A dead letter as the console shows it. */
export interface DeadLetterLine {
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
  readonly failedAt: string;
  readonly json: string;
}

const Letter = z.object({
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  lastFailedAt: z.string().catch(''),
  event: z.unknown(),
});

/** Takes any message of the dead letter queue: SQS moves messages there too, as they are. */
export function deadLetterLine(letter: unknown): DeadLetterLine {
  const parsed = Letter.safeParse(letter);
  if (parsed.success) {
    const { code, reason, fix, lastFailedAt: failedAt, event } = parsed.data;
    return { code, reason, fix, failedAt, json: readableJson(event) };
  }
  return {
    code: 'not_described',
    reason: 'The queue moved the message here after the function had failed on it too often.',
    fix: 'Look for the error in the output of the local runtime, mend it, then redrive.',
    failedAt: '',
    json: readableJson(letter),
  };
}
