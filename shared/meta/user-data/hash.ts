import { appendix } from './normalisers/appendix.ts';

/** Why a value is left out. */
export type DropReason =
  | 'digest of an empty value'
  | 'empty'
  | 'fewer than two letters in the state'
  | 'fewer than two letters or digits in the postal code'
  | 'neither female nor male'
  | 'neither text nor a number'
  | 'no id'
  | 'no letters in the city'
  | 'no letters or digits in the name'
  | 'not a country'
  | 'not a date of birth'
  | 'not a phone number of 7 to 15 digits'
  | 'not an email address'
  | 'too long';

/** Outcome of one raw value: the digest to send, or why the value was left out. Neither text ever holds the value. */
export type Digest =
  | { readonly digest: string; readonly warning?: string; readonly dropped?: never }
  | { readonly dropped: DropReason };

const md5Warning = 'looks like an MD5 digest: Meta documents SHA-256 only';
const digestOfNothing = 'digest of an empty value';

const sha256 = /^[\da-f]{64}$/i;
const md5 = /^[\da-f]{32}$/i;
const sha256WithAppendix = new RegExp(`^([\\da-fA-F]{64})\\.${appendix}$`);

// What a sender gets who hashes without looking: it would match everybody else who did the same.
const emptyDigests = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'd41d8cd98f00b204e9800998ecf8427e',
]);

/**
 * A value that its sender hashed already, or undefined for any other text.
 *
 * SHA-256 in any case becomes lower case. A digest with the appendix of Meta's parameter builder stays byte for byte.
 *
 * @param value without surrounding white space
 */
export function existingDigest(value: string): Digest | undefined {
  if (value.length === 32 && md5.test(value)) return unlessOfNothing(value.toLowerCase(), { warning: md5Warning });
  if (value.length < 64) return undefined;
  if (sha256.test(value)) return unlessOfNothing(value.toLowerCase());
  const untagged = sha256WithAppendix.exec(value)?.[1];
  if (untagged === undefined) return undefined;
  return emptyDigests.has(untagged.toLowerCase()) ? { dropped: digestOfNothing } : { digest: value };
}

const unlessOfNothing = (digest: string, remarks: { readonly warning?: string } = {}): Digest =>
  emptyDigests.has(digest) ? { dropped: digestOfNothing } : { digest, ...remarks };
