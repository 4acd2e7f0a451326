import {
  type Replacement,
  replacementOf as replacementOfLetter,
  replacementOfRejected,
} from '../../shared/queue/replacement.ts';
import type { RulesOfSource } from '../../shared/segment/source-rules.ts';
import type { OpenedMessage } from './open-message.ts';

/**
 * Message for the events queue that takes the place of one in the dead letter queue, or why there is none.
 *
 * @param rules of the configuration; undefined where nobody knows it
 */
export function replacementOf({ id, body, content }: OpenedMessage, rules: RulesOfSource | undefined): Replacement {
  if (content.kind === 'unreadable') return { refusal: 'The message cannot be read, so it cannot be redriven.' };
  if (content.kind === 'moved') return { body, groupId: content.messages[0].source };
  if (content.kind === 'rejected') return replacementOfRejected(content.rejected, id, rules);
  return replacementOfLetter(content.letter, id, rules);
}
