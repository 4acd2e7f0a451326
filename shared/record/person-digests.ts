import { hash } from 'node:crypto';
import { hmacSha256 } from '../lib/sha256/hmac-sha256.ts';
import { isObject, type JsonObject } from '../segment/event.ts';

/**
 * Kinds of identifiers that an event can be found by, and the letter that a digest of them begins with. An order id leads to a
 * person as well; message ids are digested where senders make them of addresses or names.
 */
export const identifierKinds = {
  userId: 'u',
  anonymousId: 'a',
  email: 'e',
  phone: 't',
  orderId: 'o',
  messageId: 'i',
} as const;
export type IdentifierKind = keyof typeof identifierKinds;

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** Digest of an identifier, such as `u0f3a…`: the letter of its kind and 16 hex digits. */
export type PersonDigest = (identifier: Identifier) => string;

/**
 * Digests of persons' identifiers: HMAC-SHA-256 under a secret of the deployment, of which 16 hex digits are kept. Whoever has the
 * record without the secret can name nobody by trying all addresses there are.
 *
 * An email address or a phone number is digested by its SHA-256, so that one that comes hashed, as Meta wants it, is found
 * by the plain one.
 */
export function personDigests(secret: string): PersonDigest {
  const keyed = hmacSha256(secret);
  return ({ kind, value }) => {
    const letter = identifierKinds[kind];
    return letter + keyed(`${letter}\n${normalised({ kind, value })}`).slice(0, 16);
  };
}

const sha256Digest = /^[\da-f]{64}$/;

function normalised({ kind, value }: Identifier): string {
  const text = value.trim();
  if (kind !== 'email' && kind !== 'phone') return text;
  const lower = text.toLowerCase();
  return sha256Digest.test(lower) ? lower : hash('sha256', plainForm({ kind, value: lower }));
}

/** An identifier as Meta hashes it: an address in lower case, a number as digits without leading zeros, an id as it is. */
export function plainForm({ kind, value }: Identifier): string {
  const text = value.trim();
  if (kind === 'email') return text.toLowerCase();
  return kind === 'phone' ? text.replace(/\D/g, '').replace(/^0+/, '') : text;
}

/** Depth and number of members that are looked at, and identifiers that are kept: an event may hold thousands. */
const deepest = 3;
const mostMembers = 400;
const mostIdentifiers = 16;

const emailName = /e-?_?mail/i;
const phoneName = /phone|mobile|^tel$/i;
const orderNames: ReadonlySet<string> = new Set(['order_id', 'orderId', 'orderID', 'transaction_id', 'transactionId']);

/** Identifiers of the person in an event: its ids, and the addresses, numbers and orders in its traits and properties. */
export function identifiersOf(event: JsonObject): Identifier[] {
  const found: Identifier[] = [];
  const add = (kind: IdentifierKind, value: unknown): void => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || text.trim() === '' || found.length >= mostIdentifiers) return;
    if (kind === 'email' && !text.includes('@') && !sha256Digest.test(text.trim().toLowerCase())) return;
    if (!found.some((each) => each.kind === kind && each.value === text)) found.push({ kind, value: text });
  };
  add('userId', event['userId']);
  add('userId', event['previousId']);
  add('anonymousId', event['anonymousId']);
  let looked = 0;
  const look = (bag: unknown, depth: number): void => {
    if (Array.isArray(bag)) {
      for (const each of bag) if (isObject(each)) look(each, depth + 1);
      return;
    }
    if (!isObject(bag) || depth > deepest) return;
    for (const name in bag) {
      if (++looked > mostMembers) return;
      const value = bag[name];
      if (typeof value === 'object') {
        if (value !== null) look(value, depth + 1);
      } else if (orderNames.has(name)) add('orderId', value);
      else if (emailName.test(name)) add('email', value);
      else if (phoneName.test(name)) add('phone', value);
    }
  };
  look(event['traits'], 1);
  look(event['properties'], 1);
  const context = event['context'];
  if (isObject(context)) look(context['traits'], 1);
  return found;
}
