import { type Digest, type DropReason, existingDigest } from './hash.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { city } from './normalisers/city.ts';
import { country } from './normalisers/country.ts';
import { dateOfBirth } from './normalisers/date-of-birth.ts';
import { asciiAddress, email } from './normalisers/email.ts';
import { externalId } from './normalisers/external-id.ts';
import { gender } from './normalisers/gender.ts';
import { isAscii } from './normalisers/letters.ts';
import { name } from './normalisers/name.ts';
import type { MatchKeyContext, Normaliser } from './normalisers/normaliser.ts';
import { phone } from './normalisers/phone.ts';
import { postalCode } from './normalisers/postal-code.ts';
import { state } from './normalisers/state.ts';
import { remember } from '../../lib/memoize.ts';

export type { Digest, MatchKeyContext };

/** The keys of `user_data` that Meta wants hashed. */
export type MatchKey = 'em' | 'ph' | 'fn' | 'ln' | 'ge' | 'db' | 'ct' | 'st' | 'zp' | 'country' | 'external_id';

interface MatchKeyRule {
  readonly normalise: Normaliser;
  /** Texts of this form, in lower case, are normal already: most are, and need not be looked at more closely. */
  readonly plain?: RegExp;
  /** Why a value is left out that cannot be normalised. */
  readonly otherwise: DropReason;
  /** Longer texts are left out unread, in UTF-16 units. */
  readonly longest: number;
}

/** Letters of Western Europe are composed already and have no punctuation among them. */
const word = /^[a-z\dß-öø-ÿ]+$/;

/**
 * How each match key is normalised before it is hashed.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/customer-information-parameters
 */
export const normalisers: Readonly<Record<MatchKey, MatchKeyRule>> = {
  em: { normalise: email, plain: asciiAddress, otherwise: 'not an email address', longest: 1_000 },
  ph: { normalise: phone, otherwise: 'not a phone number of 7 to 15 digits', longest: 1_000 },
  fn: { normalise: name, plain: word, otherwise: 'no letters or digits in the name', longest: 1_000 },
  ln: { normalise: name, plain: word, otherwise: 'no letters or digits in the name', longest: 1_000 },
  ge: { normalise: gender, otherwise: 'neither female nor male', longest: 1_000 },
  db: { normalise: dateOfBirth, otherwise: 'not a date of birth', longest: 1_000 },
  ct: { normalise: city, otherwise: 'no letters in the city', longest: 1_000 },
  st: { normalise: state, otherwise: 'fewer than two letters in the state', longest: 1_000 },
  zp: {
    normalise: postalCode,
    plain: /^[a-z\d]{2,8}$/,
    otherwise: 'fewer than two letters or digits in the postal code',
    longest: 1_000,
  },
  country: { normalise: country, otherwise: 'not a country', longest: 1_000 },
  external_id: { normalise: externalId, plain: /^[!-~]+$/, otherwise: 'no id', longest: 4_000 },
};

/** What senders write who turn a missing value into text. */
const isNothing = (text: string): boolean => text === '' || text === 'null' || text === 'undefined';

/** A match key's outcome, or the normalised text that its digest is to be made of. */
export type PreparedMatchKey = string | Digest;

export type PrepareMatchKey = (raw: unknown, context: MatchKeyContext) => PreparedMatchKey;

const longestRemembered = 100;
/** Each with a memory of its own. */
const mostCountries = 30;

/** Keys with few values, or with some that many people share. Emails, phones and ids would only push those out. */
const repeating: ReadonlySet<MatchKey> = new Set(['country', 'ct', 'fn', 'ge', 'st', 'zp']);

/** Prepares values of one key, as {@link digestMatchKey} does, with a memory of digests where values repeat. */
export function matchKeyPreparer(key: MatchKey, sha256: Sha256): PrepareMatchKey {
  const rule = normalisers[key];
  if (!repeating.has(key)) return (raw, context) => prepare(rule, raw, context);
  // What a state or a postal code is depends on the country, given as its code.
  const digestsIn = remember((country) => {
    const context = country === '' ? {} : { country };
    return remember((text) => digestMatchKey(key, text, sha256, context));
  }, mostCountries);
  const anywhere = digestsIn('');
  const dependsOnCountry = key === 'st' || key === 'zp';
  return (raw, context) => {
    if (typeof raw !== 'string' || raw.length > longestRemembered) return prepare(rule, raw, context);
    return (dependsOnCountry && context.country !== undefined ? digestsIn(context.country) : anywhere)(raw);
  };
}

/**
 * The digest of one raw value, in the two steps of Meta's rules: normalise, then SHA-256 in lower-case hex.
 *
 * A value that was hashed before is kept. Never throws, whatever the value is.
 */
export function digestMatchKey(key: MatchKey, raw: unknown, sha256: Sha256, context: MatchKeyContext = {}): Digest {
  const prepared = prepare(normalisers[key], raw, context);
  return typeof prepared === 'string' ? { digest: sha256(prepared) } : prepared;
}

/** Up to the point where a text is to be hashed. */
function prepare(rule: MatchKeyRule, raw: unknown, context: MatchKeyContext): PreparedMatchKey {
  if (raw === undefined || raw === null) return { dropped: 'empty' };
  const text = textOf(raw)?.trim();
  if (text === undefined) return { dropped: 'neither text nor a number' };
  if (isNothing(text)) return { dropped: 'empty' };
  const existing = existingDigest(text);
  if (existing !== undefined) return existing;
  if (text.length > rule.longest) return { dropped: 'too long' };
  return normalised(rule, text, context) ?? { dropped: rule.otherwise };
}

/** Step one alone: the text that would be hashed, or undefined when the value is left out. */
export function normaliseMatchKey(key: MatchKey, raw: string, context: MatchKeyContext = {}): string | undefined {
  const rule = normalisers[key];
  const text = raw.trim();
  return text.length > rule.longest ? undefined : normalised(rule, text, context);
}

/** {@link normaliseMatchKey} of a country, which most events of a sender have in common. */
export const countryCode = (raw: string): string | undefined =>
  raw.length > longestRemembered ? normaliseMatchKey('country', raw) : (rememberedCode(raw) ?? undefined);

const rememberedCode = remember((raw): string | null => normaliseMatchKey('country', raw) ?? null);

function normalised({ normalise, plain }: MatchKeyRule, text: string, context: MatchKeyContext): string | undefined {
  if (plain !== undefined) {
    const lower = text.toLowerCase();
    if (plain.test(lower)) return isNothing(lower) ? undefined : lower;
  }
  // Composed and decomposed accents would hash differently.
  const normal = normalise(isAscii(text) ? text : text.normalize('NFC'), context);
  return normal === undefined || isNothing(normal) ? undefined : normal;
}

function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : undefined;
}
