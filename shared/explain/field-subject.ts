import type { Action } from '../meta/event/action.ts';
import { isObject, type JsonObject } from '../mapping/json-type.ts';
import type { Steps } from '../mapping/path.ts';
import type { Sha256 } from '../lib/sha256/sha256.ts';
import type { Minimiser } from '../meta/privacy/minimiser.ts';
import type { Guard } from '../meta/privacy/personal-data.ts';
import { directiveAt } from './directive-at.ts';
import type { Advice, ExplainedField } from './explanation.ts';
import { orList } from './words.ts';

/** Everything that the fields of one mapping are explained from. */
export interface FieldSubject {
  readonly action: Action;
  /** Complete, without its settings. */
  readonly mapping: JsonObject;
  /** Result of the mapping for the event. */
  readonly resolved: JsonObject;
  readonly sourcesOf: (steps: Steps) => readonly string[];
  /** Paths of the event that made a directive choose between values of its own. */
  readonly choiceOf: (directive: unknown) => readonly string[];
  /** As it is sent; none where the event came to nothing. */
  readonly serverEvent: JsonObject | undefined;
  /** Advice about each field, by its path in the mapping. */
  readonly said: ReadonlyMap<string, Advice>;
  readonly event: JsonObject;
  readonly destinationNames: readonly string[];
  readonly testEventCode: string | undefined;
  readonly guard: Guard;
  readonly minimise: Minimiser | undefined;
  readonly sha256: Sha256;
  readonly now: Date;
}

export interface Found {
  readonly label: string;
  readonly raw: unknown;
  /** In the server event; counts only where something was sent. */
  readonly path?: string | undefined;
  readonly sent?: unknown;
  readonly normalised?: string | undefined;
  readonly dropped?: string | undefined;
  readonly notes?: readonly (string | undefined)[];
  /** Where in the mapping's result the value is, when that is not where the field is. */
  readonly from?: Steps;
}

/** `contents[0].id`, as messages write a place. */
export const placeText = (steps: Steps): string =>
  steps.reduce((text, step) => (/^\d+$/.test(step) ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`), '');

export const isEmpty = (raw: unknown): boolean => raw === undefined || raw === null || raw === '';

/** A word on a list of nothing, or on blanks, which no message is about. */
function nothingIn(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw.trim() === '' ? 'There is nothing but blanks.' : undefined;
  return Array.isArray(raw) && raw.every(isEmpty) ? 'There is nothing in the list.' : undefined;
}

export function describe(subject: FieldSubject, steps: Steps, found: Found): ExplainedField {
  const { label, raw, path, sent, normalised, notes = [], from = steps } = found;
  const field = placeText(steps);
  const wasSent = sent !== undefined;
  const directive = directiveAt(subject.mapping, steps);
  const sources = raw === undefined ? [] : subject.sourcesOf(from);
  const choice = raw === undefined || sources.length > 0 ? [] : subject.choiceOf(directive);
  const choiceNote = choice.length === 0 ? undefined : `Chosen by what is in ${orList(choice)}.`;
  const dropped = wasSent
    ? undefined
    : (found.dropped ?? (isEmpty(raw) ? undefined : (subject.said.get(field)?.message ?? nothingIn(raw))));
  return {
    ...(wasSent && path !== undefined && { path }),
    field,
    label,
    directive,
    sources,
    raw,
    ...(normalised !== undefined && { normalised }),
    ...(wasSent && { sent }),
    ...(dropped !== undefined && { dropped }),
    notes: [choiceNote, ...notes].filter((note) => note !== undefined),
  };
}

export const memberOf = (holder: unknown, name: string): unknown =>
  isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;

/** An entry of a table by a name that a mapping made up. */
export const entryOf = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Names to explain: declared ones that the mapping fills or speaks of, then what it has beyond them. */
export function namesToExplain(declared: readonly string[], mapping: unknown, resolved: unknown): readonly string[] {
  const names = new Set<string>();
  const spoken = [mapping, resolved].flatMap((part) => (isObject(part) ? Object.keys(part) : []));
  for (const name of declared) if (spoken.includes(name)) names.add(name);
  for (const name of spoken) if (!name.startsWith('@') && name !== '_metadata') names.add(name);
  return [...names];
}
