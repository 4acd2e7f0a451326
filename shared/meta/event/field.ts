import type { JsonObject } from '../../segment/event.ts';

/** A `clickId` is text, or the parts of a click id as an object with `fbclid`. */
export type FieldType = 'text' | 'number' | 'integer' | 'boolean' | 'object' | 'clickId';

/** One field of an action, as Segment's destination declares it. What is not declared is dropped. */
export interface Field {
  /** How errors call it. */
  readonly label: string;
  readonly type: FieldType;
  /** A list of `type`; a single value is taken as a list of one. */
  readonly list?: true;
  /** A list of `type` is taken as well, where a mapping leaves out what it cannot read. */
  readonly several?: true;
  readonly required?: true;
  readonly choices?: readonly (string | number)[];
  /** Declared members of an object; an object without them keeps everything it holds, untouched. */
  readonly members?: Fields;
  /** Its payload is the list of these members' values, rather than an object. */
  readonly inOrder?: readonly string[];
  /** The value that applies unless a mapping changes it: a directive, or a plain value. */
  readonly default?: unknown;
}

export type Fields = Readonly<Record<string, Field>>;

export type FieldOptions = Partial<Omit<Field, 'label' | 'type'>>;

const field =
  (type: FieldType) =>
  (label: string, options: FieldOptions = {}): Field => ({ label, type, ...options });

export const text = field('text');
export const number = field('number');
export const integer = field('integer');
export const boolean = field('boolean');
export const object = field('object');
export const clickId = field('clickId');

export const path = (where: string): JsonObject => ({ '@path': where });

/** The first path that holds something, empty text not counting. Zero counts: an order may be free. */
export const firstOf = (first: string, ...others: readonly string[]): JsonObject => {
  const [next, ...rest] = others;
  if (next === undefined) return path(first);
  // As text, since a bare 0 is blank to the directive.
  const asText = { '@template': `{{${first.replace('$.', '')}}}` };
  return { '@if': { blank: asText, then: path(first), else: firstOf(next, ...rest) } };
};

/** The default mapping of fields: only those that have one. */
export const defaultMapping = (fields: Fields): Record<string, unknown> => {
  const mapping: Record<string, unknown> = {};
  for (const [name, { default: value, members }] of Object.entries(fields)) {
    const inner = value ?? (members && defaultMapping(members));
    const empty = inner === undefined || (members !== undefined && Object.keys(inner as object).length === 0);
    if (!empty) mapping[name] = inner;
  }
  return mapping;
};
