import type { HeldQueue } from '../../../commands/dead-letters/held-queue.ts';
import type { StoredMessage } from '../../../commands/dead-letters/open-message.ts';

/** Dead letter queue as the console needs it: everything in it can be read, and chosen messages can be held. */
export interface LetterStore {
  /** Every message that the queue holds now. */
  messages(): Promise<Iterable<StoredMessage>>;
  /** Holds the messages with these ids, and no others, until they are released. */
  hold(ids: ReadonlySet<string>): Promise<HeldLetters>;
  /** Puts a message into the dead letter queue. @returns its id */
  put(body: string): Promise<string>;
  close(): void;
}

export interface HeldLetters {
  readonly messages: readonly StoredMessage[];
  /** Why a message is not held, by its id. */
  readonly missing: ReadonlyMap<string, string>;
  readonly held: Pick<HeldQueue, 'remove'>;
  release(): Promise<unknown>;
}

export const notHeld = {
  gone: 'It is no longer in the dead letter queue: it was redriven, purged or too old.',
  unseen:
    'It is not in the dead letter queue, or somebody else holds it right now, such as npm run dead-letters. Look again in a moment.',
  elsewhere: 'Somebody else holds it right now, such as npm run dead-letters. Try again in a moment.',
} as const;
