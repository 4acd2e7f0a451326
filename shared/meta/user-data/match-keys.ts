import type { DropCode } from '../../reasons/drop-reasons.ts';
import { memoize } from '../../lib/memoize.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { type Digest, existingDigest, isDigestOfNobody } from './hash.ts';
import { type HashedRule, hashedRules, type MatchKey } from './match-key-table.ts';
import { isAscii } from './normalisers/letters.ts';
import { isNobody, isNobodysId } from './normalisers/nobody.ts';
import type { MatchKeyContext } from './normalisers/normaliser.ts';

export type { Digest, MatchKey, MatchKeyContext };

/** Texts of a missing value that programs write. */
const isNothing = (text: string): boolean => text === '' || text === 'null' || text === 'undefined';

/** A match key's outcome, or the normalised text that its digest is to be made of. */
export type PreparedMatchKey = string | Digest;

export type PrepareMatchKey = (raw: unknown, context: MatchKeyContext) => PreparedMatchKey;

const longestMemoized = 100;
/** Each with a memory of its own. */
const mostCountries = 30;

/** Keys with few values, or with some that many people share. Emails, phones and ids would only push those out. */
const repeating: ReadonlySet<MatchKey> = new Set(['country', 'ct', 'fn', 'ge', 'st', 'zp']);

/** Prepares values of one key, as {@link digestMatchKey} does, with a memory of digests where values repeat. */
export function matchKeyPreparer(key: MatchKey, sha256: Sha256): PrepareMatchKey {
  const rule = hashedRules[key];
  if (!repeating.has(key)) return (raw, context) => prepare(rule, raw, sha256, context);
  // What a state or a postal code is depends on the country, given as its code.
  const digestsIn = memoize((country) => {
    const context = country === '' ? {} : { country };
    return memoize((text) => digestMatchKey(key, text, sha256, context));
  }, mostCountries);
  const anywhere = digestsIn('');
  const dependsOnCountry = key === 'st' || key === 'zp';
  return (raw, context) => {
    if (typeof raw !== 'string' || raw.length > longestMemoized || context.keepsNobody) {
      return prepare(rule, raw, sha256, context);
    }
    return (dependsOnCountry && context.country !== undefined ? digestsIn(context.country) : anywhere)(raw);
  };
}

/**
 * The digest of one raw value, in the two steps of Meta's rules: normalise, then SHA-256 in lower-case hex.
 *
 * A value that was hashed before is kept. Never throws, whatever the value is.
 */
export function digestMatchKey(key: MatchKey, raw: unknown, sha256: Sha256, context: MatchKeyContext = {}): Digest {
  const prepared = prepare(hashedRules[key], raw, sha256, context);
  return typeof prepared === 'string' ? { digest: sha256(prepared) } : prepared;
}

/** Up to the point where a text is to be hashed. */
function prepare(rule: HashedRule, raw: unknown, sha256: Sha256, context: MatchKeyContext): PreparedMatchKey {
  if (raw === undefined || raw === null) return { dropped: 'empty' };
  const text = textOf(raw)?.trim();
  if (text === undefined) return { dropped: 'not_text' };
  if (isNothing(text)) return { dropped: 'empty' };
  const existing = existingDigest(text);
  if (existing?.digest !== undefined) {
    const kind = rule.isNobody === isNobody ? 'names' : 'ids';
    return isDigestOfNobody(existing.digest, kind, sha256) ? { dropped: 'digest_of_nobody' } : existing;
  }
  if (existing !== undefined) return existing;
  if (text.length > rule.longest) return { dropped: 'too_long' };
  return normalised(rule, text, context) ?? { dropped: reasonOf(rule, text) };
}

const reasonOf = ({ isNobody: means = isNobodysId, otherwise }: HashedRule, text: string): DropCode =>
  means(text) ? 'nobody' : otherwise;

/** Step one alone: the text that would be hashed, or undefined when the value is left out. */
export function normaliseMatchKey(key: MatchKey, raw: string, context: MatchKeyContext = {}): string | undefined {
  const rule = hashedRules[key];
  const text = raw.trim();
  return text.length > rule.longest ? undefined : normalised(rule, text, context);
}

/** {@link normaliseMatchKey} of a country, which most events of a sender have in common. */
export const countryCode = (raw: string): string | undefined =>
  raw.length > longestMemoized ? normaliseMatchKey('country', raw) : (memoizedCode(raw) ?? undefined);

const memoizedCode = memoize((raw): string | null => normaliseMatchKey('country', raw) ?? null);

function normalised(rule: HashedRule, text: string, context: MatchKeyContext): string | undefined {
  if (rule.isNobody?.(text) && !context.keepsNobody) return undefined;
  return plainForm(rule, text) ?? generalForm(rule, text, context);
}

/** Fast twin of {@link generalForm}: undefined where a text may be of any other form than the plain one. */
export function plainForm({ plain }: HashedRule, text: string): string | undefined {
  if (plain === undefined) return undefined;
  const lower = text.toLowerCase();
  return plain.test(lower) && !isNothing(lower) ? lower : undefined;
}

/** The rule: a text's normal form, undefined when it has none. */
export function generalForm({ normalise }: HashedRule, text: string, context: MatchKeyContext): string | undefined {
  // Composed and decomposed accents would hash differently.
  const normal = normalise(isAscii(text) ? text : text.normalize('NFC'), context);
  return normal === undefined || isNothing(normal) ? undefined : normal;
}

function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : undefined;
}
