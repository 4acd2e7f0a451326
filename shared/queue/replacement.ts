import { checkEvent } from '../segment/check-event.ts';
import { SegmentEvent } from '../segment/event.ts';
import type { RulesOfSource } from '../segment/source-rules.ts';
import { type DeadLetter, lettersOfRejected, type RejectedEvents } from './dead-letter.ts';
import { messageText } from '../lib/json/message-text.ts';
import { packMessages, type WrittenEvent } from './message.ts';
import { readMessages } from './read-messages.ts';

/** Message for the events queue that takes a dead letter's place, or why there is none. */
export type Replacement =
  | { readonly body: string; readonly groupId: string | undefined }
  | { readonly refusal: string };

/**
 * Message that redriving a dead letter sends.
 *
 * @param id of the message it is kept in
 * @param rules of the configuration; undefined where nobody knows it
 */
export function replacementOf(letter: DeadLetter, id: string, rules: RulesOfSource | undefined): Replacement {
  if (letter.code === 'message_undecodable') return wholeMessage(letter);
  return letter.stage === 'ingest' ? checkedAgain(letter, id, rules) : owedOnly(letter);
}

/** A later version may read what an earlier one could not. */
function wholeMessage({ event }: DeadLetter): Replacement {
  const refusal = 'This version cannot read the message either.';
  if (typeof event !== 'string') return { refusal };
  try {
    const [message] = readMessages(JSON.parse(event)) ?? [];
    return message === undefined ? { refusal } : { body: event, groupId: message.source };
  } catch {
    return { refusal };
  }
}

/** As at the endpoint, at the time when the event came: a release may have mended what was wrong with it. */
function checkedAgain(letter: DeadLetter, id: string, rules: RulesOfSource | undefined): Replacement {
  const checked = checkLetter(letter, id, rules);
  if ('refusal' in checked) return checked;
  const { source = '' } = letter;
  const [body = ''] = packMessages({ source, origin: 'redrive' }, [checked]);
  return { body, groupId: source };
}

/**
 * Replaces events that were refused together: all of the message or none, since what stayed behind would be lost with
 * it.
 *
 * @param id of the message they are kept in
 * @param rules of the configuration; undefined where nobody knows it
 */
export function replacementOfRejected(
  rejected: RejectedEvents,
  id: string,
  rules: RulesOfSource | undefined,
): Replacement {
  if (rejected.notKept > 0) return { refusal: 'These events were counted, not kept.' };
  const { source } = rejected;
  const letters = lettersOfRejected(rejected);
  const checked = letters.map((letter, index) => checkLetter(letter, `${id}-${index}`, rules));
  const refused = checked.flatMap((one) => ('refusal' in one ? [one.refusal] : []));
  const good = checked.flatMap((one) => ('refusal' in one ? [] : [one]));
  if (refused[0] !== undefined) {
    const which = good.length === 0 ? '' : ` (${refused.length} of the ${letters.length} events in the message)`;
    return { refusal: `${refused[0]}${which}` };
  }
  const events = good.map(({ json }) => JSON.parse(json) as unknown);
  return { body: messageText({ version: 1, source, origin: 'redrive', events }), groupId: source };
}

function checkLetter(
  { source, code, event, firstFailedAt }: DeadLetter,
  id: string,
  rules: RulesOfSource | undefined,
): WrittenEvent | { readonly refusal: string } {
  if (source === undefined || source === '') return { refusal: 'The letter names no source.' };
  if (rules === undefined && code === 'event_not_allowed') {
    return { refusal: 'Which events the source may send is not known here: name the deployment with --env as well.' };
  }
  const receivedAt = new Date(firstFailedAt);
  if (Number.isNaN(receivedAt.getTime())) return { refusal: 'The letter does not say when the event came.' };
  // Not random: a letter that is redriven twice must not count twice.
  const randomId = () => `dead-letter-${id}`;
  const checked = checkEvent(event, { source, receivedAt, randomId, ...rules?.(source) });
  if ('rejection' in checked) {
    return { refusal: `Still ${checked.rejection.code}: ${checked.rejection.message}` };
  }
  return checked;
}

/** For the destination and mapping that gave the event up; all others have their outcome. */
function owedOnly({ source, destination, mapping, firstFailedAt, event }: DeadLetter): Replacement {
  if (!source || destination === undefined || mapping === undefined) {
    return { refusal: 'The letter does not say which source, destination and mapping the event is owed by.' };
  }
  if (!SegmentEvent.safeParse(event).success) return { refusal: 'The letter holds no event that was ever accepted.' };
  const retry = { destination, mappings: [mapping], attempt: 1, firstFailedAt };
  return { body: messageText({ version: 1, source, origin: 'redrive', retry, events: [event] }), groupId: source };
}
