import { readText } from '../meta/event/readers.ts';
import { isObject, type JsonObject } from '../mapping/json-type.ts';
import { clickIdFromUrl, clickIdFromValue } from '../meta/user-data/click-id.ts';
import { existingDigest } from '../meta/user-data/hash.ts';
import {
  digestMatchKey,
  type MatchKey,
  type MatchKeyContext,
  normaliseMatchKey,
} from '../meta/user-data/match-keys.ts';
import type { ExplainedField } from './explanation.ts';
import { describe, entryOf, type FieldSubject, isEmpty, memberOf, namesToExplain } from './field-subject.ts';
import { hashedKeys, plainKeys } from './match-key-names.ts';
import { sentence } from './words.ts';

/** The match keys of a mapping: each value with its normal form and its digest, or why it was left out. */
export function explainUserData(subject: FieldSubject): ExplainedField[] {
  const { action, mapping, resolved } = subject;
  const field = action.fields['user_data'];
  const mapped = resolved['user_data'];
  if (!isObject(mapped) || field?.properties === undefined) {
    return [describe(subject, ['user_data'], { label: field?.label ?? 'user_data', raw: mapped })];
  }
  const { properties: members } = field;
  const people: People = {
    subject,
    mapped,
    sent: memberOf(subject.serverEvent, 'user_data'),
    context: contextOf(mapped, subject.now),
    digests: new Set(),
  };
  return namesToExplain(Object.keys(members), mapping['user_data'], mapped).flatMap((name) => {
    const label = entryOf(members, name)?.label;
    if (label === undefined) return [describe(subject, ['user_data', name], undeclared(name, mapped[name]))];
    return explainMember(people, name, label);
  });
}

const undeclared = (name: string, raw: unknown) => ({
  label: name,
  raw,
  dropped: 'user_data of a mapping has no such member.',
});

interface People {
  readonly subject: FieldSubject;
  readonly mapped: JsonObject;
  /** `user_data` as sent. */
  readonly sent: unknown;
  readonly context: MatchKeyContext;
  /** Digests explained so far, each with its key. */
  readonly digests: Set<string>;
}

function contextOf({ country }: JsonObject, now: Date): MatchKeyContext {
  const text = readText(country);
  return { now, country: text === undefined ? undefined : normaliseMatchKey('country', text) };
}

function explainMember(people: People, name: string, label: string): ExplainedField[] {
  const key = entryOf(hashedKeys, name);
  if (key !== undefined) return explainHashed(people, key, name, label);
  if (name === 'fullName') return explainFullName(people, label);
  const isUrl = name === 'clickUrl' || name === 'clickReferrer';
  return [isUrl ? explainClickUrl(people, name, label) : explainPlain(people, name, label)];
}

function explainHashed(people: People, key: MatchKey, name: string, label: string): ExplainedField[] {
  const { subject, mapped } = people;
  const raw = mapped[name];
  const steps = ['user_data', name];
  if (!Array.isArray(raw)) return [explainDigest(people, key, { steps, from: steps, label, raw })];
  const filled = [...raw.entries()].filter(([, item]) => !isEmpty(item));
  if (filled.length === 0) return [describe(subject, steps, { label, raw: undefined })];
  return filled.map(([index, item]) =>
    explainDigest(people, key, { steps, from: [...steps, String(index)], label, raw: item }),
  );
}

interface HashedValue {
  readonly steps: readonly string[];
  readonly from: readonly string[];
  readonly label: string;
  readonly raw: unknown;
  readonly notes?: readonly string[];
}

function explainDigest(
  people: People,
  key: MatchKey,
  { steps, raw, notes = [], ...value }: HashedValue,
): ExplainedField {
  const { subject, context, sent, digests } = people;
  const text = readText(raw)?.trim();
  if (text === undefined || text === '') return describe(subject, steps, { ...value, raw, notes });
  const outcome = digestMatchKey(key, text, subject.sha256, context);
  if ('dropped' in outcome)
    return describe(subject, steps, { ...value, raw, dropped: sentence(outcome.dropped), notes });
  const { digest, warning } = outcome;
  const isKept = existingDigest(text) !== undefined;
  const id = `${key} ${digest}`;
  const isRepeated = digests.has(id);
  digests.add(id);
  return describe(subject, steps, {
    ...value,
    ...placeOfDigest(key, digest, memberOf(sent, key)),
    raw,
    normalised: isKept ? undefined : normaliseMatchKey(key, text, context),
    notes: [
      ...notes,
      isKept ? 'Hashed before it came: kept as it is.' : undefined,
      warning === undefined ? undefined : sentence(warning),
      key === 'ph' && !isKept ? callingCodeNote(text, context) : undefined,
      isRepeated ? 'The same as another value of this key: sent once.' : undefined,
    ],
  });
}

function placeOfDigest(key: MatchKey, digest: string, sent: unknown): { path?: string; sent?: string } {
  if (!Array.isArray(sent)) return sent === digest ? { path: `user_data.${key}`, sent: digest } : {};
  const index = sent.indexOf(digest);
  return index === -1 ? {} : { path: `user_data.${key}[${index}]`, sent: digest };
}

function callingCodeNote(text: string, context: MatchKeyContext): string | undefined {
  if (context.country === undefined) return undefined;
  const alone = normaliseMatchKey('ph', text, { now: context.now });
  if (alone === normaliseMatchKey('ph', text, context)) return undefined;
  return `Has no country code of its own: read as a number of ${context.country.toUpperCase()}.`;
}

const isFilled = (raw: unknown): boolean => [raw].flat().some((item) => Boolean(readText(item)));

/** Taken apart as the mapper does it, and shown as a match key only where the mapper sent the same. */
function explainFullName(people: People, label: string): ExplainedField[] {
  const { subject, mapped } = people;
  const raw = mapped['fullName'];
  const text = readText(raw) ?? '';
  const name = text.trim();
  const steps = ['user_data', 'fullName'];
  if (name === '') return [describe(subject, steps, { label, raw, ...(text !== '' && { dropped: 'It is blank.' }) })];
  if (isFilled(mapped['firstName']) || isFilled(mapped['lastName'])) {
    return [describe(subject, steps, { label, raw, notes: ['Not needed: first or last name is given.'] })];
  }
  const [first = '', ...others] = name.split(/\s+/);
  const parts = [
    ['fn', first, 'The first word of the full name.'],
    ['ln', others.join(' '), 'The full name without its first word.'],
  ] as const;
  return parts.flatMap(([key, part, note]) => {
    if (part === '') return [];
    const explained = explainDigest(people, key, { steps, from: steps, label, raw: part, notes: [note] });
    return [{ ...explained, raw }];
  });
}

function explainClickUrl({ subject, mapped, sent }: People, name: string, label: string): ExplainedField {
  const steps = ['user_data', name];
  const raw = mapped[name];
  const url = readText(raw);
  if (url === undefined || url === '') return describe(subject, steps, { label, raw });
  if (clickIdFromUrl(url) === undefined) {
    return describe(subject, steps, { label, raw, notes: ['The URL carries no fbclid.'] });
  }
  const fbc = memberOf(sent, 'fbc');
  if (fbc !== undefined && fbc === givenClickId(mapped)) {
    return describe(subject, steps, { label, raw, notes: ['Not needed: the event brings its click id.'] });
  }
  const page = readText(mapped['clickUrl']);
  if (name === 'clickReferrer' && page !== undefined && clickIdFromUrl(page) !== undefined) {
    return describe(subject, steps, { label, raw, notes: ['Not needed: the URL of the page carries an fbclid.'] });
  }
  const notes = ['Made from the fbclid of the URL and the time of the event.'];
  return describe(subject, steps, { label, raw, path: 'user_data.fbc', sent: fbc, notes });
}

function givenClickId(mapped: JsonObject): unknown {
  const given = mapped['fbc'];
  return isObject(given) ? clickIdFromValue(given) : readText(given);
}

function explainPlain({ subject, mapped, sent }: People, name: string, label: string): ExplainedField {
  const key = plainKeys[name] ?? name;
  const raw = mapped[name];
  const value = memberOf(sent, key);
  const isGiven = !isEmpty(raw) && (name !== 'fbc' || value === givenClickId(mapped));
  return describe(subject, ['user_data', name], {
    label,
    raw,
    ...(isGiven && value !== undefined && { path: `user_data.${key}`, sent: value }),
    notes: [
      isObject(raw) && isGiven ? 'Made from its parts.' : undefined,
      name === 'client_ip_address' && isGiven && value !== undefined && value !== raw
        ? 'Brought to the form of an address alone.'
        : undefined,
    ],
  });
}
