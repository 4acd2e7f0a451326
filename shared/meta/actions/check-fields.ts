import { allClosest, editDistance } from '../../lib/closest.ts';
import { isDirective, type JsonObject } from '../../mapping/json-type.ts';
import { Diagnosed } from '../event/diagnosed.ts';
import type { Field } from '../event/field.ts';
import { fieldReader } from '../event/read-field.ts';
import { actions } from './actions.ts';
import type { Action } from '../event/action.ts';
import { refusedNames, verticalMembers, wireNames } from './other-names.ts';
import { unknownNames, type WrittenField, writtenFields, writtenObjects } from './written-fields.ts';

/** A fault of a mapping as it is written, by its place below `fields`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with the fields of a mapping as it is written. */
export type CheckFields = (action: Action, mapping: JsonObject) => FieldFault[];

/** Names that no field has, plain values that can never be sent, and required fields that can never have a value. */
export const checkFields: CheckFields = (action, mapping) => [
  ...unknownFields(action, mapping),
  ...hopelessFields(action, mapping),
];

/** Names in a mapping that no field of the action has, at any depth that declares its names. */
export const unknownFields: CheckFields = (action, mapping) =>
  unknownNames(action.fields, mapping).map((written) => ({
    path: written.path,
    message: unknownName(action, written),
  }));

function unknownName(action: Action, { name, known, holder }: WrittenField): string {
  const reason = refusedNames.get(name);
  if (reason !== undefined) return `cannot be sent: ${reason}`;
  const place = holder === undefined ? inAction(action, name) : inProperties(holder, name);
  const meant = nearest(name, Object.keys(known));
  const question = meant.length === 0 ? '' : `did you mean ${meant.map((each) => `"${each}"`).join(' or ')}?`;
  if (place !== undefined) {
    return `is no field here: ${place}${meant.some((each) => isOneOff(name, each)) ? `; or ${question}` : ''}`;
  }
  return `is no field here${meant.length === 0 ? `; known are ${Object.keys(known).join(', ')}` : `; ${question}`}`;
}

/** A name that differs in underscores and letter case only is meant before one that is spelt alike. */
function nearest(name: string, known: readonly string[]): readonly string[] {
  const wire = wireNames.get(name);
  if (wire !== undefined && known.includes(wire)) return [wire];
  const plain = known.filter((each) => plainly(each) === plainly(name));
  const alike = allClosest(name, known);
  if (plain.length > 0) return [...new Set([...plain, ...alike.filter((each) => isOneOff(name, each))])];
  return alike.length > 0 ? alike : known.filter((each) => plainly(each) === `${plainly(name)}field`);
}

const isOneOff = (name: string, other: string): boolean => editDistance(name.toLowerCase(), other.toLowerCase()) === 1;

const plainly = (name: string): string => name.replaceAll('_', '').toLowerCase();

function inAction(action: Action, name: string): string | undefined {
  if (name === 'event_name' && action.eventName !== undefined) {
    return `the action sends "${action.eventName}"; the actions standard and custom take another name`;
  }
  const holders = Object.entries<Field>(action.fields).filter(
    ([, { properties }]) => properties !== undefined && Object.hasOwn(properties, name),
  );
  if (holders.length > 0) return `it belongs into ${holders.map(([holder]) => `"${holder}"`).join(' or ')}`;
  const wire = wireNames.get(name);
  if (wire !== undefined) return inWire(action, wire);
  const others = Object.entries<Action>(actions).filter(([, { fields }]) => Object.hasOwn(fields, name));
  if (others.length > 0) return `the actions ${others.map(([key]) => key).join(', ')} have it`;
  if (!verticalMembers.has(name)) return undefined;
  return Object.hasOwn(action.fields, 'custom_data')
    ? 'it belongs into "custom_data"'
    : 'it belongs into "custom_data", which the other actions have';
}

function inWire({ fields }: Action, wire: string): string | undefined {
  const [holder] =
    Object.entries<Field>(fields).find(([, { properties = {} }]) => Object.hasOwn(properties, wire)) ?? [];
  return holder && `it is "${wire}" within "${holder}"`;
}

/** Of a name within an object: it stands beside that object instead, or in another. */
function inProperties(holder: string, name: string): string | undefined {
  const all = Object.values<Action>(actions);
  if (all.some(({ fields }) => Object.hasOwn(fields, name))) return `it stands beside "${holder}", not within it`;
  const holders = all.flatMap(({ fields }) =>
    Object.entries<Field>(fields).flatMap(([other, { properties = {} }]) =>
      Object.hasOwn(properties, name) ? [other] : [],
    ),
  );
  return holders[0] && `it belongs into "${holders[0]}"`;
}

/** Plain values in a mapping that can never be sent, and required fields that can never have a value. */
export const hopelessFields: CheckFields = (action, mapping) => [
  ...missing(action, mapping),
  ...[...writtenFields(action.fields, mapping)].flatMap(hopelessField),
];

function missing({ fields }: Action, mapping: JsonObject): FieldFault[] {
  return Object.entries<Field>(fields).flatMap(([name, { required, choices }]) => {
    const value = mapping[name];
    if (required === undefined || (value !== undefined && value !== null && value !== '')) return [];
    const which = choices === undefined ? '' : `, one of ${choices.join(', ')}`;
    return [{ path: name, message: `is required: no event goes without it; map it to a value${which}` }];
  });
}

function hopelessField({ field, value, path, holder }: WrittenField): FieldFault[] {
  // A product line that is written out is a try: what cannot be read of it is left out, as of any line.
  if (field === undefined || field.type === 'products' || holder === 'contents') return [];
  if (field.properties !== undefined && writtenObjects(value).length > 0) return [];
  const constant = constantOf(value);
  const message = constant === undefined ? undefined : hopeless(field, constant);
  return message === undefined ? [] : [{ path, message }];
}

/** Value of a part of a mapping that is the same for every event; undefined where it depends on the event, or is nothing. */
function constantOf(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (isDirective(value)) return Object.keys(value).join() === '@literal' ? constantOf(value['@literal']) : undefined;
  if (Array.isArray(value)) return value.every((item) => scalars.has(typeof item)) ? value : undefined;
  return scalars.has(typeof value) ? value : undefined;
}

const scalars: ReadonlySet<string> = new Set(['boolean', 'number', 'string']);

/** Why a field cannot be read from a constant. */
function hopeless(field: Field, constant: unknown): string | undefined {
  const { substitute: _, properties: __, ...rest } = field;
  const read = fieldReader({ ...rest, required: true }, { name: field.label })(constant, true);
  if (!(read instanceof Diagnosed)) return undefined;
  const [problem] = read.problems;
  if (problem === undefined) return undefined;
  const meant = field.choices === undefined ? undefined : meantChoice(field.choices.map(String), constant);
  return `can never be sent: ${problem.message}${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
}

function meantChoice(choices: readonly string[], constant: unknown): string | undefined {
  if (typeof constant !== 'string') return undefined;
  return nearest(constant, choices)[0] ?? choices.find((choice) => choice.startsWith(constant));
}
