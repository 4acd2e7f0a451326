import type { JsonObject } from '../../segment/event.ts';
import type { TypeProblemCode } from '../../reasons/problems.ts';

/**
 * The type that a field is read as. Each has its reader in `readers.ts`. An `amount` is money or a count, never below zero;
 * a `clickId` is text, or the parts of a click id as an object with `fbclid`; a `leadId` has the digits that Meta's have; a `share` is
 * from 0 to 1; a `status` is text or a flag.
 */
export type FieldType =
  | 'amount'
  | 'boolean'
  | 'clickId'
  | 'count'
  | 'currency'
  | 'integer'
  | 'leadId'
  | 'number'
  | 'object'
  | 'productId'
  | 'products'
  | 'share'
  | 'status'
  | 'text'
  | 'time';

/** One field of an action, as Segment's destination declares it. What is not declared is dropped. */
export interface Field {
  /** How errors call it. */
  readonly label: string;
  readonly type: FieldType;
  /**
   * A list of `type`; a single value is taken as a list of one. With `'lenient'` it is one value, and a list of them only
   * where a mapping leaves out what it cannot read.
   */
  readonly multiple?: true | 'lenient';
  readonly required?: true;
  readonly choices?: readonly (string | number)[];
  /** Code of the problem of a value that is none of the choices; `field_invalid` otherwise. */
  readonly choiceProblem?: TypeProblemCode;
  /** Declared members of an object; an object without them keeps everything it holds, untouched. */
  readonly properties?: Fields;
  /** Its payload is the list of these properties' values, rather than an object. */
  readonly inOrder?: readonly string[];
  /** Its properties are match keys: one that cannot be read is told as such. */
  readonly holds?: 'matchKeys';
  /** Takes the place of a value that cannot be read, where a mapping leaves out what it cannot read. */
  readonly substitute?: Substitute;
  /** A switch that says whether what cannot be read is left out instead of costing the event. */
  readonly decides?: 'leniency';
  /** Without a value: the sum of the quantities of the product lines, if the switch of this name is on. */
  readonly countedIf?: string;
  /** Segment's action has no such field: in a mapping that came from there it stays without effect, as it did. */
  readonly isAdded?: true;
  /** The value that applies unless a mapping changes it: a directive, or a plain value. */
  readonly default?: unknown;
}

/** A member of the event, or a plain value; and how warnings call it. */
export type Substitute =
  | { readonly member: 'messageId' | 'receivedAt'; readonly name: string }
  | { readonly value: unknown; readonly name: string };

export type Fields = Readonly<Record<string, Field>>;

export type FieldOptions = Partial<Omit<Field, 'label' | 'type'>>;

const field =
  (type: FieldType) =>
  (label: string, options: FieldOptions = {}): Field => ({ label, type, ...options });

export const amount = field('amount');
export const boolean = field('boolean');
export const clickId = field('clickId');
export const count = field('count');
export const currency = field('currency');
export const integer = field('integer');
export const leadId = field('leadId');
export const number = field('number');
export const object = field('object');
export const productId = field('productId');
export const products = field('products');
export const share = field('share');
export const status = field('status');
export const text = field('text');
export const time = field('time');

/** Fields that Segment's action does not have. */
export const added = <Declared extends Fields>(fields: Declared): { readonly [Name in keyof Declared]: Field } =>
  Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, { ...each, isAdded: true }])) as {
    [Name in keyof Declared]: Field;
  };

export const path = (where: string): JsonObject => ({ '@path': where });

/** The first path that holds something, empty text not counting. Zero counts: an order may be free. */
export const firstOf = (first: string, ...others: readonly (string | JsonObject)[]): JsonObject => {
  const [next, ...rest] = others;
  if (next === undefined) return path(first);
  // As text, since a bare 0 is blank to the directive.
  const asText = { '@template': `{{${first.replace('$.', '')}}}` };
  const otherwise = typeof next === 'string' ? firstOf(next, ...rest) : next;
  return { '@if': { blank: asText, then: path(first), else: otherwise } };
};

/** The default mapping of fields: only those that have one. */
export const defaultMapping = (fields: Fields): Record<string, unknown> => {
  const mapping: Record<string, unknown> = {};
  for (const [name, { default: value, properties }] of Object.entries(fields)) {
    const inner = value ?? (properties && defaultMapping(properties));
    const empty = inner === undefined || (properties !== undefined && Object.keys(inner as object).length === 0);
    if (!empty) mapping[name] = inner;
  }
  return mapping;
};
