import { closest } from '../../lib/closest.ts';
import { isDirective, isObject, type JsonObject } from '../../mapping/json-type.ts';
import { Diagnosed } from '../event/diagnosed.ts';
import type { Field, Fields } from '../event/field.ts';
import { fieldReader } from '../event/read-field.ts';
import { actions } from './actions.ts';
import type { Action } from '../event/action.ts';
import { undocumentedNames, wireNames } from './other-names.ts';

/** A fault of a mapping as it is written, by its place below `fields`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

const settings = '__segment_internal_';

/** Names in a mapping that no field of the action has, at any depth that declares its names. */
export function unknownFields(action: Action, mapping: JsonObject): FieldFault[] {
  return unknownIn(action.fields, mapping, '', (name) => inAction(action, name));
}

function unknownIn(
  known: Fields,
  written: JsonObject,
  path: string,
  elsewhere: (name: string) => string | undefined,
): FieldFault[] {
  return Object.entries(written).flatMap(([name, value]) => {
    if (name.startsWith(settings) || name === '_metadata') return [];
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) {
      return [{ path: join(path, name), message: unknownName(name, Object.keys(known), elsewhere) }];
    }
    const { properties } = field;
    const inner = properties && writtenProperties(field, value);
    if (properties === undefined || inner === undefined) return [];
    return unknownIn(properties, inner, join(path, name), (inside) => inProperties(name, inside));
  });
}

/** The object that a mapping writes out for a field with properties: itself, or the shape of each item. */
function writtenProperties(field: Field, value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  if (!isDirective(value)) return value;
  const argument = field.type === 'products' ? value['@arrayPath'] : undefined;
  const shape: unknown = Array.isArray(argument) ? argument[1] : undefined;
  return isObject(shape) && !isDirective(shape) ? shape : undefined;
}

function unknownName(name: string, known: readonly string[], elsewhere: (name: string) => string | undefined): string {
  const reason = undocumentedNames.get(name);
  if (reason !== undefined) return `cannot be sent: ${reason}`;
  const place = elsewhere(name);
  if (place !== undefined) return `is no field here: ${place}`;
  const meant = nearest(name, known);
  return `is no field here${meant === undefined ? `; known are ${known.join(', ')}` : `; did you mean "${meant}"?`}`;
}

/** A name that differs in underscores and letter case only is meant before one that is spelt alike. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const wire = wireNames.get(name);
  if (wire !== undefined && known.includes(wire)) return wire;
  const plain = plainly(name);
  return known.find((each) => plainly(each) === plain) ?? closest(name, known);
}

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
  if (wire !== undefined) return `it is "${wire}" within "user_data"`;
  const others = Object.entries<Action>(actions).filter(([, { fields }]) => Object.hasOwn(fields, name));
  if (others.length > 0) return `the actions ${others.map(([key]) => key).join(', ')} have it`;
  return undefined;
}

/** Of a name within an object: it stands beside that object instead. */
function inProperties(holder: string, name: string): string | undefined {
  const isTop = Object.values<Action>(actions).some(({ fields }) => Object.hasOwn(fields, name));
  return isTop ? `it stands beside "${holder}", not within it` : undefined;
}

/** Plain values in a mapping that can never be sent, and required fields that can never have a value. */
export function hopelessFields(action: Action, mapping: JsonObject): FieldFault[] {
  return [...missing(action, mapping), ...hopelessIn(action.fields, mapping, '')];
}

function missing({ fields }: Action, mapping: JsonObject): FieldFault[] {
  return Object.entries<Field>(fields).flatMap(([name, { required, choices }]) => {
    const value = mapping[name];
    if (required === undefined || (value !== undefined && value !== null && value !== '')) return [];
    const which = choices === undefined ? '' : `, one of ${choices.join(', ')}`;
    return [{ path: name, message: `is required: no event goes without it; map it to a value${which}` }];
  });
}

function hopelessIn(known: Fields, written: JsonObject, path: string): FieldFault[] {
  return Object.entries(written).flatMap(([name, value]) => {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined || value === null || value === undefined || value === '') return [];
    const inner = field.properties && writtenProperties(field, value);
    if (field.properties && inner) return hopelessIn(field.properties, inner, join(path, name));
    const constant = constantOf(value);
    if (constant === undefined || field.type === 'products') return [];
    const message = hopeless(field, constant);
    return message === undefined ? [] : [{ path: join(path, name), message }];
  });
}

/** Value of a part of a mapping that is the same for every event; undefined where it depends on the event. */
function constantOf(value: unknown): unknown {
  if (isDirective(value)) return Object.keys(value).join() === '@literal' ? constantOf(value['@literal']) : undefined;
  if (Array.isArray(value)) return value.every((item) => constantOf(item) !== undefined) ? value : undefined;
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
  const meant =
    typeof constant === 'string' && field.choices !== undefined
      ? (nearest(constant, field.choices.map(String)) ??
        field.choices.map(String).find((choice) => choice.startsWith(constant)))
      : undefined;
  return `can never be sent: ${problem.message}${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
