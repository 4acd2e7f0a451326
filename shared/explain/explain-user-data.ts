import { warnings } from '../reasons/warnings.ts';
import { readText } from '../meta/event/readers.ts';
import { isObject, type JsonObject } from '../mapping/json-type.ts';
import { clickIdFromUrl, clickInUrl, readClickId } from '../meta/user-data/click-id.ts';
import { dropReasons } from '../reasons/drop-reasons.ts';
import { splitFullName } from '../meta/user-data/full-name.ts';
import { existingDigest } from '../meta/user-data/hash.ts';
import { hashedRules, keyOfName } from '../meta/user-data/match-key-table.ts';
import {
  digestMatchKey,
  type MatchKey,
  type MatchKeyContext,
  normaliseMatchKey,
} from '../meta/user-data/match-keys.ts';
import { mostLines } from './explain-contents.ts';
import type { ExplainedField } from './explanation.ts';
import { describe, entryOf, type FieldSubject, isEmpty, memberOf, namesToExplain } from './field-subject.ts';
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
  if (name === 'fullName') return explainFullName(people, label);
  const key = entryOf(keyOfName, name);
  if (key !== undefined && isHashed(key)) return explainHashed(people, key, name, label);
  const isUrl = clickSources.includes(name);
  return [isUrl ? explainClickUrl(people, name, label) : explainPlain(people, name, label)];
}

/** Members that a click is looked for in, as the mapper does it, with what they are called. */
const clickSourceNames: Readonly<Record<string, string>> = {
  clickUrl: 'the URL of the page',
  clickSearch: 'the query of the page',
  clickReferrer: 'the page before',
};
const clickSources = Object.keys(clickSourceNames);

const isHashed = (key: string): key is MatchKey => Object.hasOwn(hashedRules, key);

function explainHashed(people: People, key: MatchKey, name: string, label: string): ExplainedField[] {
  const { subject, mapped } = people;
  const raw = mapped[name];
  const steps = ['user_data', name];
  if (!Array.isArray(raw)) return [explainDigest(people, key, { steps, from: steps, label, raw })];
  const filled = [...raw.entries()].filter(([, item]) => !isEmpty(item));
  if (filled.length === 0) return [describe(subject, steps, { label, raw: undefined })];
  return filled
    .slice(0, mostLines)
    .map(([index, item]) => explainDigest(people, key, { steps, from: [...steps, String(index)], label, raw: item }));
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
  if (outcome.dropped !== undefined)
    return describe(subject, steps, { ...value, raw, dropped: sentence(dropReasons[outcome.dropped]), notes });
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
      warning === undefined ? undefined : sentence(warnings[`${warning}.alone`]),
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
  const split = splitFullName(name);
  if (split === undefined) {
    return [describe(subject, steps, { label, raw, dropped: sentence(dropReasons.not_name) })];
  }
  const parts = [
    ['fn', split.first, 'The first name of the full name.'],
    ['ln', split.last, 'The last name of the full name.'],
  ] as const;
  return parts.flatMap(([key, part, note]) => {
    if (part === '') return [];
    const explained = explainDigest(people, key, { steps, from: steps, label, raw: part, notes: [note] });
    return [{ ...explained, raw }];
  });
}

/** The source that the click id was made from is the first one with a click; the others were not needed. */
function explainClickUrl(people: People, name: string, label: string): ExplainedField {
  const { subject, mapped, sent } = people;
  const steps = ['user_data', name];
  const raw = mapped[name];
  const url = readText(raw);
  if (url === undefined || url === '') return describe(subject, steps, { label, raw });
  if (clickIdFromUrl(url) === undefined) {
    return describe(subject, steps, { label, raw, notes: ['The URL carries no fbclid.'] });
  }
  const click = clickInUrl(url);
  if (click === undefined || !('fbclid' in click)) {
    return describe(subject, steps, { label, raw, dropped: 'Its fbclid is not well formed.' });
  }
  const earlier = clickSources.slice(0, clickSources.indexOf(name)).find((source) => {
    const other = clickInUrl(readText(mapped[source]));
    return other !== undefined && 'fbclid' in other;
  });
  if (earlier !== undefined) {
    return describe(subject, steps, {
      label,
      raw,
      notes: [`Not needed: ${clickSourceNames[earlier]} carries an fbclid.`],
    });
  }
  const fbc = memberOf(sent, 'fbc');
  if (isOwnClick(fbc, people)) {
    return describe(subject, steps, { label, raw, notes: ['Not needed: the event brings its click id.'] });
  }
  const notes = ['Made from the fbclid of the URL and the time of the event.'];
  return describe(subject, steps, { label, raw, path: 'user_data.fbc', sent: fbc, notes });
}

/** Whether the click that was sent is the one that the event itself brings, rather than that of a URL. */
function isOwnClick(sent: unknown, { subject, mapped }: People): boolean {
  const given = mapped['fbc'];
  const own = readClickId(isObject(given) ? given : readText(given), subject.now)?.fbclid;
  return typeof sent === 'string' && own !== undefined && sent.split('.')[3] === own;
}

function explainPlain(people: People, name: string, label: string): ExplainedField {
  const { subject, mapped, sent } = people;
  const key = keyOfName[name] ?? name;
  const raw = mapped[name];
  const value = memberOf(sent, key);
  const isGiven = !isEmpty(raw) && (name !== 'fbc' || value === raw || isOwnClick(value, people));
  return describe(subject, ['user_data', name], {
    label,
    raw,
    ...(isGiven && value !== undefined && { path: `user_data.${key}`, sent: value }),
    notes: [
      isObject(raw) && isGiven ? 'Made from its parts.' : undefined,
      name === 'fbc' && !isEmpty(raw) && !isGiven && value !== undefined
        ? 'Not needed: the page has a newer click.'
        : undefined,
      name === 'fbc' && isGiven && typeof raw === 'string' && value !== undefined && value !== raw
        ? 'Brought to the form of a click id.'
        : undefined,
      name === 'client_ip_address' && isGiven && value !== undefined && value !== raw
        ? 'Brought to the form of an address alone.'
        : undefined,
    ],
  });
}
