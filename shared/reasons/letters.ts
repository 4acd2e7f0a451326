import type { ReasonRows } from './reason.ts';

/** Why delivery itself gave an event or a message up, whatever the mapping and the destination say. */
export const letters = {
  message_undecodable: {
    message: 'The message on the events queue is not one that this version writes.',
    fix: 'Find who else sends to the queue, or deploy the version that wrote the message and redrive.',
  },
  meta_rejected: {
    message: 'Meta refused the event by itself.',
    fix: 'Look the code and subcode up in the operations guide, mend the mapping or the source, then redrive.',
  },
  tries_ended: {
    message: 'The event failed alone in every try.',
    fix: 'The destination fails on this event alone: look its errors up in the history, mend the event, then redrive.',
  },
  undeliverable: {
    message: 'The event cannot be delivered.',
    fix: 'Mend the event or its mapping, then redrive.',
  },
} as const satisfies ReasonRows;

/** Reasons that are only seen in the dead letter queue itself. */
export const foundLetters = {
  message_undecodable: {
    message: 'The message is neither a dead letter nor a message of the events queue.',
    fix: 'Find who else sends to the queue. It cannot be redriven: purge it once its content is safe.',
  },
  received_too_often: {
    message: 'The deliver function failed on the message too often, so SQS moved it here.',
    fix: "Look for the error in the deliver function's log, mend it, then redrive: all events of the message go together.",
  },
} as const satisfies ReasonRows;
