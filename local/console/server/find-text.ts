import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

/** Says whether an event, written as JSON, holds what somebody looks for. */
export type FindText = (json: string) => boolean;

const digest = /^[0-9a-f]{64}$/;
const emails = /[^\s"'<>\\]+@[^\s"'<>\\]+/g;
const ids = /"(?:userId|anonymousId|external_id|previousId)":"((?:[^"\\]|\\.)*)"/g;
const phones = /"phone":"((?:[^"\\]|\\.)*)"/g;

/**
 * Looks for a text anywhere in an event: any id, email, order, URL or name, whatever its case. A text in quotes is a whole
 * value. A SHA-256 digest finds the email, phone number or id that it was made of, as Meta gets them.
 */
export function findText(wanted: string): FindText {
  const text = wanted.trim().toLowerCase();
  const isQuoted = text.length > 2 && text.startsWith('"') && text.endsWith('"');
  const inJson = isQuoted ? JSON.stringify(text.slice(1, -1)) : JSON.stringify(text).slice(1, -1);
  const plain: FindText = (json) => json.toLowerCase().includes(inJson);
  return digest.test(text) ? (json) => plain(json) || holdsDigest(json, text) : plain;
}

function holdsDigest(json: string, wanted: string): boolean {
  const isIt = (value: string): boolean => sha256Hex(value) === wanted;
  for (const [email] of json.matchAll(emails)) if (isIt(email.trim().toLowerCase())) return true;
  for (const [, id = ''] of json.matchAll(ids)) if (isIt(id) || isIt(id.toLowerCase())) return true;
  for (const [, phone = ''] of json.matchAll(phones)) if (isIt(phone.replace(/\D/g, ''))) return true;
  return false;
}
