import { isHarmlessId } from '../queue/logged-id.ts';
import type { PersonDigest } from './person-digests.ts';

/** A message id as the record keeps it: itself, or `~` and its digest where it may be an email address, a phone number or a name. */
export const recordedId = (messageId: string, digest: PersonDigest): string =>
  isHarmlessId(messageId) ? messageId : `~${digest({ kind: 'messageId', value: messageId })}`;
