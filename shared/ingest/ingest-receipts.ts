import type { WrittenEvent } from '../queue/message.ts';
import { eventNameOf } from '../record/event-name.ts';
import { receiptVersion } from '../record/receipt-version.ts';
import type { Recorder } from '../record/recorder.ts';
import { isObject } from '../segment/event.ts';
import type { Call } from '../segment/call.ts';
import type { Rejection } from '../segment/rejection.ts';
import type { FirstOfMany } from './first-of-many.ts';

/** A call that was queued. */
export interface AcceptedCall extends WrittenEvent {
  readonly messageId: string;
}

/** Calls of one request, once the queues have confirmed them. */
export interface RecordedCalls {
  readonly source: string;
  readonly good: readonly AcceptedCall[];
  readonly rejected: FirstOfMany<Rejection>;
  /** All calls, as they came. */
  readonly calls: readonly Call[];
}

/** Writes a receipt of each event of a request; of very many rejected ones, the last are counted by their code. */
export function recordCalls(record: Recorder, { source, good, rejected, calls }: RecordedCalls, now: Date): void {
  const facts = { v: receiptVersion, t: now.getTime(), s: source } as const;
  for (const { messageId, json } of good) {
    const event = record.membersOf(json);
    record.add({
      ...facts,
      k: 'accepted',
      id: record.idOf(messageId),
      e: eventNameOf(event),
      p: record.personsOf(event),
      ev: record.keepsEvents ? json : undefined,
    });
  }
  for (const { index, code, messageId } of rejected.first) {
    const event = calls[index]?.value;
    record.add({
      ...facts,
      k: 'rejected',
      id: messageId === undefined ? undefined : record.idOf(messageId),
      r: code,
      ...(isObject(event) && { e: eventNameOf(event), p: record.personsOf(event) }),
    });
  }
  for (const [code, count] of rejected.more) record.add({ ...facts, k: 'rejected', r: code, w: count });
}
