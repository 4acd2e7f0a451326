import type { EventLog } from './event-log.ts';
import { findText } from './find-text.ts';
import { type MessageText, eventIn } from './message-texts.ts';
import type { SearchAnswer } from './wire.ts';
import { eachYielding } from './yielding.ts';

/**
 * Finds the events of the stream that hold a text anywhere in what was queued.
 *
 * @param since only events with higher numbers are looked at
 */
export async function searchEvents(log: EventLog, text: string, since: number): Promise<SearchAnswer> {
  const upTo = log.lastSeq;
  const holds = findText(text);
  /** Whether a message holds it at all: most do not, and are not read further. */
  const messages = new Map<MessageText, boolean>();
  const seqs: number[] = [];
  let unread = 0;
  await eachYielding(log.entriesAfter(since, upTo), ({ seq, text: message, position, letters }) => {
    if (letters.length > 0 && holds(JSON.stringify(letters))) seqs.push(seq);
    else if (message?.body === undefined) unread++;
    else {
      let isIn = messages.get(message);
      if (isIn === undefined) {
        isIn = holds(message.body);
        messages.set(message, isIn);
      }
      if (isIn && (position === undefined || holds(JSON.stringify(eventIn(message, position)) ?? ''))) seqs.push(seq);
    }
  });
  return { seqs, upTo, unread };
}
