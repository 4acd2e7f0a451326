import { RejectedEvents } from '../../shared/queue/dead-letter.ts';
import type { OpenedMessage } from './open-message.ts';

/**
 * The message's text with some of its letters only, so that one event of many can be moved and the others stay.
 *
 * @param positions of the letters among those of the message
 * @returns undefined where the message cannot be divided
 */
export function partOfMessage(
  { body, content, letters }: OpenedMessage,
  positions: ReadonlySet<number>,
): string | undefined {
  if (content.kind === 'unreadable' || content.kind === 'letter') return undefined;
  const message = JSON.parse(body) as { readonly events?: readonly unknown[] };
  const events = (message.events ?? []).filter((_, position) => positions.has(position));
  if (content.kind === 'moved') return JSON.stringify({ ...message, events });
  // Those that were only counted are the last letter.
  const { notKept } = content.rejected;
  const counts = notKept > 0 && positions.has(letters.length - 1) ? notKept : 0;
  return JSON.stringify(RejectedEvents.parse({ ...content.rejected, events, notKept: counts }));
}
