import {
  type Replacement,
  replacementOf as replacementOfLetter,
  replacementOfRejected,
} from '../../shared/queue/replacement.ts';
import type { OpenedMessage } from './open-message.ts';

/** Message for the events queue that takes the place of one in the dead letter queue, or why there is none. */
export function replacementOf({ id, body, content }: OpenedMessage): Replacement {
  if (content.kind === 'unreadable') return { refusal: 'The message cannot be read, so it cannot be redriven.' };
  if (content.kind === 'moved') return { body, groupId: content.message.source };
  if (content.kind === 'rejected') return replacementOfRejected(content.rejected, id);
  return replacementOfLetter(content.letter, id);
}
