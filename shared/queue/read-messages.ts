import { HeldMessage, messagesIn } from './held-message.ts';
import { EventMessage } from './message.ts';

/**
 * The messages that the body of a message on the events queue stands for: itself, or those that it holds compressed.
 *
 * @param value the body, parsed
 * @returns undefined where it is none of ours, or was damaged
 */
export function readMessages(value: unknown): readonly EventMessage[] | undefined {
  const message = EventMessage.safeParse(value);
  if (message.success) return [message.data];
  const held = HeldMessage.safeParse(value);
  return held.success ? messagesIn(held.data) : undefined;
}
