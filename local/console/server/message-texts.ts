import { Fifo } from '../../../shared/lib/fifo.ts';
import { isObject } from '../../../shared/segment/event.ts';

/** The body of a message, shared by the events that it brought. */
export interface MessageText {
  /** Undefined once there was no room for it any more. */
  body: string | undefined;
}

/** Keeps the latest bodies as they came, up to so many characters: nothing is written anew for an event that nobody opens. */
export class MessageTexts {
  readonly #mostCharacters: number;
  readonly #kept = new Fifo<MessageText>();
  #characters = 0;

  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters;
  }

  keep(body: string): MessageText {
    const text: MessageText = { body };
    this.#kept.push(text);
    this.#characters += body.length;
    while (this.#characters > this.#mostCharacters) this.#drop(this.#kept.shift());
    return text;
  }

  #drop(text: MessageText | undefined): void {
    this.#characters -= text?.body?.length ?? 0;
    if (text !== undefined) text.body = undefined;
  }
}

/**
 * The event as it was queued, read from its message.
 *
 * @param position among the message's events; undefined for the only event of a dead letter
 * @returns undefined when the text is gone
 */
export function eventIn(text: MessageText | undefined, position: number | undefined): unknown {
  if (text?.body === undefined) return undefined;
  const message: unknown = JSON.parse(text.body);
  if (!isObject(message)) return undefined;
  return position === undefined ? message['event'] : (message['events'] as readonly unknown[])[position];
}
