import { type CheckedEvent, checkEvent, type RequestDefaults } from './check-event.ts';

/** One call of a request. */
export interface Call {
  /** As it was sent: an object, unless somebody sent something else. */
  readonly value: unknown;
  /** Checks it against Segment's spec and settles its id and times: the text to queue, or why not. */
  check(defaults: RequestDefaults): CheckedEvent;
}

export const parsedCall = (value: unknown): Call => new ParsedCall(value);

class ParsedCall implements Call {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  check(defaults: RequestDefaults): CheckedEvent {
    return checkEvent(this.value, defaults);
  }
}
