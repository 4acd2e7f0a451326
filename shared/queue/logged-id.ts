import type { Sha256 } from '../lib/sha256/sha256.ts';

// Libraries make ids of letters and digits. One that a sender made of an address or a phone number looks different.
const harmless = /^(?=.*[A-Za-z])(?=.*\d)[\w.:-]{1,100}$/;

/**
 * A message id as a log may show it: itself, or `sha256:` and the first 16 hex digits of its digest where the id may be
 * an email address, a phone number or a name.
 */
export const loggedId = (messageId: string, sha256: Sha256): string =>
  harmless.test(messageId) ? messageId : `sha256:${sha256(messageId).slice(0, 16)}`;
