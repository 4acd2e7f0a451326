import { checkEvent } from '../segment/check-event.ts';
import { SegmentEvent } from '../segment/event.ts';
import type { DeadLetter } from './dead-letter.ts';
import { messageText } from '../lib/json/message-text.ts';
import { EventMessage, packMessages } from './message.ts';

/** Message for the events queue that takes a dead letter's place, or why there is none. */
export type Replacement =
  | { readonly body: string; readonly groupId: string | undefined }
  | { readonly refusal: string };

/** What redriving a dead letter means. @param id of the message it is kept in */
export function replacementOf(letter: DeadLetter, id: string): Replacement {
  if (letter.code === 'message_undecodable') return wholeMessage(letter);
  return letter.stage === 'ingest' ? checkedAgain(letter, id) : owedOnly(letter);
}

/** A later version may read what an earlier one could not. */
function wholeMessage({ event }: DeadLetter): Replacement {
  const refusal = 'This version cannot read the message either.';
  if (typeof event !== 'string') return { refusal };
  try {
    const message = EventMessage.safeParse(JSON.parse(event));
    return message.success ? { body: event, groupId: message.data.source } : { refusal };
  } catch {
    return { refusal };
  }
}

/** As at the endpoint, at the time when the event came: a release may have mended what was wrong with it. */
function checkedAgain({ source, event, firstFailedAt }: DeadLetter, id: string): Replacement {
  if (source === undefined || source === '') return { refusal: 'The letter names no source.' };
  const receivedAt = new Date(firstFailedAt);
  if (Number.isNaN(receivedAt.getTime())) return { refusal: 'The letter does not say when the event came.' };
  // Not random: a letter that is redriven twice must not count twice.
  const checked = checkEvent(event, { source, receivedAt, randomId: () => `dead-letter-${id}` });
  if ('rejection' in checked) {
    return { refusal: `Still ${checked.rejection.code}: ${checked.rejection.message}` };
  }
  const [body = ''] = packMessages({ source }, [checked]);
  return { body, groupId: source };
}

/** For the destination and mapping that gave the event up; all others have their outcome. */
function owedOnly({ source, destination, mapping, firstFailedAt, event }: DeadLetter): Replacement {
  if (!source || destination === undefined || mapping === undefined) {
    return { refusal: 'The letter does not say which source, destination and mapping the event is owed by.' };
  }
  if (!SegmentEvent.safeParse(event).success) return { refusal: 'The letter holds no event that was ever accepted.' };
  const retry = { destination, mappings: [mapping], attempt: 1, firstFailedAt };
  return { body: messageText({ version: 1, source, retry, events: [event] }), groupId: source };
}
